import CLibPQ

/// What it takes to ask the server to cancel a connection's running statement; usable from any thread.
final class CancelHandle: @unchecked Sendable {
    private let cancel: OpaquePointer

    init?(_ connection: OpaquePointer) {
        guard let cancel = PQgetCancel(connection) else { return nil }
        self.cancel = cancel
    }

    deinit { PQfreeCancel(cancel) }

    /// Sends the request on a connection of its own and waits until the server has acted on it. Blocks.
    /// - Returns: what went wrong, or `nil`.
    func send() -> String? {
        var buffer = [CChar](repeating: 0, count: 256)
        guard PQcancel(cancel, &buffer, Int32(buffer.count)) == 0 else { return nil }
        return buffer.withUnsafeBufferPointer { $0.baseAddress.map(ErrorFields.trimmed) }
    }
}
