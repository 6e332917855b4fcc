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
