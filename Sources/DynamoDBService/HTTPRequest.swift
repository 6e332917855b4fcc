internal import NIOCore
internal import NIOHTTP1

/// A whole request.
struct HTTPRequest: Sendable {
    let head: HTTPRequestHead
    let body: ByteBuffer

    /// Whether the connection stays open afterwards.
    var keepsAlive: Bool { head.isKeepAlive }
}
