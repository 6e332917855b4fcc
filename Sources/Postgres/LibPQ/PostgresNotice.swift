import CLibPQ
import Synchronization

/// A message that the server sends beside results: a warning, or what `RAISE NOTICE` says.
public struct PostgresNotice: Sendable {
    /// The report's fields; `severity` is `WARNING`, `NOTICE`, `INFO`, `LOG` or `DEBUG`.
    public let fields: PostgresError.ServerFields

    /// The primary message.
    public var message: String { fields.message }
    /// `WARNING`, `NOTICE`, `INFO`, `LOG` or `DEBUG`.
    public var severity: String { fields.severity }

    init(_ fields: PostgresError.ServerFields) { self.fields = fields }
}

/// A message that a session has sent by NOTIFY.
public struct PostgresNotification: Sendable, Hashable {
    /// The channel's name.
    public let channel: String
    /// Up to 8,000 bytes; empty when the sender gave none.
    public let payload: String
    /// The server process of the session that sent it.
    public let backendProcessID: Int32
}

/// What a connection is in the middle of, as the server last reported.
enum TransactionStatus: UInt8, AtomicRepresentable, Sendable {
    case idle, active, inTransaction, inFailedTransaction, closed
}

/// Where libpq hands notices to. It must live as long as the connection it is installed on.
final class NoticeSink: Sendable {
    private let handler: @Sendable (PostgresNotice) -> Void
    private let lastWords = Mutex<PostgresError.ServerFields?>(nil)

    init(_ handler: @escaping @Sendable (PostgresNotice) -> Void) { self.handler = handler }

    /// Why the server has ended the session, if it said so while nothing ran: libpq makes a notice of that.
    var farewell: PostgresError.ServerFields? { lastWords.withLock { $0 } }

    private func receive(_ notice: PostgresNotice) {
        if notice.fields.endsSession { lastWords.withLock { $0 = notice.fields } }
        handler(notice)
    }

    /// Makes `connection` report to this sink instead of writing to standard error.
    func install(on connection: OpaquePointer) {
        let sink = Unmanaged.passUnretained(self).toOpaque()
        PQsetNoticeReceiver(
            connection,
            { argument, result in
                guard let argument else { return }
                let fields = ErrorFields.read(result)
                Unmanaged<NoticeSink>.fromOpaque(argument).takeUnretainedValue().receive(PostgresNotice(fields))
            }, sink)
    }
}
