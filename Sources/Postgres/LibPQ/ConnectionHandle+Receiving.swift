import CLibPQ

extension ConnectionHandle {
    /// What a COPY out has next.
    enum CopyData {
        case data([UInt8])
        case notYet
        /// No more data; the statement's result follows.
        case ended
    }

    func nextCopyData() -> CopyData {
        var buffer: UnsafeMutablePointer<CChar>?
        let length = PQgetCopyData(connection, &buffer, 1)
        defer { PQfreemem(buffer) }
        guard length > 0, let buffer else { return length == 0 ? .notYet : .ended }
        return .data([UInt8](UnsafeRawBufferPointer(start: buffer, count: Int(length))))
    }

    /// What a statement in single-row mode has next.
    enum NextResult {
        /// A row, which the collector has taken.
        case row
        /// Anything else.
        case other(ResultHandle)
        /// No more.
        case none
    }

    func nextResult(collectingRowIn rows: inout RowCollector) -> NextResult {
        guard let result = PQgetResult(connection) else { return .none }
        guard PQresultStatus(result) == PGRES_SINGLE_TUPLE else { return .other(ResultHandle(owning: result)) }
        rows.append(owning: result)
        return .row
    }

    /// A notification that has arrived.
    func nextNotification() -> PostgresNotification? {
        guard let notification = PQnotifies(connection) else { return nil }
        defer { PQfreemem(notification) }
        return PostgresNotification(
            channel: String(cString: notification.pointee.relname),
            payload: String(cString: notification.pointee.extra),
            backendProcessID: notification.pointee.be_pid)
    }
}
