import CLibPQ

/// Where libpq hands notices to. It must live as long as the connection it is installed on.
final class NoticeSink: Sendable {
    private let handler: @Sendable (PostgresNotice) -> Void

    init(_ handler: @escaping @Sendable (PostgresNotice) -> Void) { self.handler = handler }

    /// Makes `connection` report to this sink instead of writing to standard error.
    func install(on connection: OpaquePointer) {
        let sink = Unmanaged.passUnretained(self).toOpaque()
        PQsetNoticeReceiver(
            connection,
            { argument, result in
                guard let argument else { return }
                let fields = ErrorFields.read(result)
                Unmanaged<NoticeSink>.fromOpaque(argument).takeUnretainedValue().handler(PostgresNotice(fields))
            }, sink)
    }
}
