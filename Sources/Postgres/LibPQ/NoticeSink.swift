import CLibPQ
import Synchronization

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
