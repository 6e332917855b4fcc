import CLibPQ
import Glibc

/// A connection of libpq, in non-blocking mode. Whoever holds it must use it from one thread at a time:
/// it is made on a thread of its own, then given to a `Wire` for good.
struct ConnectionHandle: @unchecked Sendable {
    let connection: OpaquePointer
    let notices: NoticeSink

    // MARK: State

    var socket: Int32 { PQsocket(connection) }
    var isBad: Bool { PQstatus(connection) != CONNECTION_OK }
    var serverVersion: Int { Int(PQserverVersion(connection)) }
    var backendProcessID: Int32 { PQbackendPID(connection) }
    var errorMessage: String { ErrorFields.trimmed(PQerrorMessage(connection)) }
    var usesTLS: Bool { PQsslInUse(connection) != 0 }

    var transactionStatus: TransactionStatus {
        switch PQtransactionStatus(connection) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_INTRANS: .inTransaction
        case PQTRANS_INERROR: .inFailedTransaction
        case PQTRANS_ACTIVE: .active
        default: .closed
        }
    }

    // MARK: Sending. `false` means that `errorMessage` tells why nothing was sent.

    /// Several statements, without parameters, by the simple protocol. `sql` must not hold U+0000.
    func send(script sql: String) -> Bool { PQsendQuery(connection, sql) == 1 }

    func send(_ sql: String, _ bindings: PostgresBindings) -> Bool {
        bindings.withLibPQArrays { count, types, values, lengths, formats in
            PQsendQueryParams(connection, sql, count, types, values, lengths, formats, 1) == 1
        }
    }

    func send(prepare name: String, _ sql: String, types: [UInt32]) -> Bool {
        PQsendPrepare(connection, name, sql, Int32(types.count), types) == 1
    }

    func send(prepared name: String, _ bindings: PostgresBindings) -> Bool {
        bindings.withLibPQArrays { count, _, values, lengths, formats in
            PQsendQueryPrepared(connection, name, count, values, lengths, formats, 1) == 1
        }
    }

    /// Delivers the rows of the statement just sent one by one.
    func enableSingleRowMode() -> Bool { PQsetSingleRowMode(connection) == 1 }

    /// - Returns: whether all is sent; `nil` when the connection broke.
    func flush() -> Bool? {
        switch PQflush(connection) {
        case 0: true
        case 1: false
        default: nil
        }
    }

    // MARK: Receiving

    /// Reads what the socket has. `false` when the connection broke; the error then comes as a result.
    func consumeInput() -> Bool {
        guard PQconsumeInput(connection) == 1 else { return false }
        // libpq may leave part of a TLS record in OpenSSL's buffer, about which the socket tells nothing.
        while hasBufferedInput, PQisBusy(connection) == 1 {
            guard PQconsumeInput(connection) == 1 else { return false }
        }
        return true
    }

    /// Input has arrived about which the socket tells nothing.
    var hasBufferedInput: Bool { TLSBuffer.hasPending(connection) }

    /// `nextResult` would block.
    var isBusy: Bool { PQisBusy(connection) == 1 }

    /// The statement's next result; `nil` when it has no more.
    func nextResult() -> ResultHandle? { PQgetResult(connection).map { ResultHandle(owning: $0) } }

    /// Throws away asynchronous notifications, which libpq would keep for ever.
    func discardNotifications() {
        while let notification = PQnotifies(connection) { PQfreemem(notification) }
    }

    // MARK: COPY

    /// - Returns: whether the data was taken; `false` to wait until the socket is writable; `nil` when it failed.
    func putCopyData(_ bytes: UnsafeRawBufferPointer) -> Bool? {
        switch PQputCopyData(connection, bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count)) {
        case 1: true
        case 0: false
        default: nil
        }
    }

    /// Ends a COPY in; with `failure` the server throws away what it has received. Result as `putCopyData`.
    func putCopyEnd(failure: String? = nil) -> Bool? {
        switch PQputCopyEnd(connection, failure) {
        case 1: true
        case 0: false
        default: nil
        }
    }

    /// Reads and throws away COPY data that has arrived. `false` when more is to come.
    func discardCopyData() -> Bool {
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(connection, &buffer, 1)
            PQfreemem(buffer)
            if length <= 0 { return length != 0 }
        }
    }

    // MARK: Ending

    /// Closes the socket and frees everything. The handle must not be used any more.
    func finish() { PQfinish(connection) }
}

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

extension ConnectionHandle {
    /// From now on statements are queued: each has results of its own, and the server answers in order.
    func enterPipelineMode() -> Bool { PQenterPipelineMode(connection) == 1 }

    /// Ends the statements of a pipeline: what failed among them has no effect on those that follow.
    func sendPipelineSync() -> Bool { PQpipelineSync(connection) == 1 }

    /// Possible when all results have been read.
    func exitPipelineMode() -> Bool { PQexitPipelineMode(connection) == 1 }
}
