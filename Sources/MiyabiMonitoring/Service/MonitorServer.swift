import DynamoDBService
import MiyabiSystem
import NIOCore
import NIOHTTP1
import NIOPosix

/// `/metrics`, `/health/live` and `/health/ready` on 127.0.0.1.
///
/// On NIO's own HTTP: three fixed pages need no router, and hummingbird would double the time of a first build.
final class MonitorServer: Sendable {
    struct Page: Sendable {
        var status: HTTPResponseStatus
        var type = "text/plain; charset=utf-8"
        var body: String
    }

    private let channel: any Channel

    var port: Int { channel.localAddress?.port ?? 0 }

    /// Listens on a port, 0 for any free one.
    ///
    /// - Throws: when the port is taken.
    init(port: Int, page: @escaping @Sendable (String) async -> Page) async throws {
        let pages = MonitorPages(page: page)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 16)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    // Who sends nothing more is let go.
                    channel.eventLoop.scheduleTask(in: .seconds(30)) { channel.close(promise: nil) }
                    try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                    try pipeline.addHandler(MonitorConnection(pages))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }

    func stop() async { try? await channel.close() }
}

/// One request, one answer, and the connection is closed.
private final class MonitorConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let pages: MonitorPages
    private var head: HTTPRequestHead?

    init(_ pages: MonitorPages) { self.pages = pages }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head = head.take() else { return }
            Task { [pages, channel = context.channel] in await pages.respond(to: head, on: channel) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// What is answered to a request.
private final class MonitorPages: Sendable {
    private let page: @Sendable (String) async -> MonitorServer.Page

    init(page: @escaping @Sendable (String) async -> MonitorServer.Page) { self.page = page }

    func respond(to head: HTTPRequestHead, on channel: any Channel) async {
        var answer = MonitorServer.Page(status: .forbidden, body: "")
        if let refusal = Self.refusal(of: head) {
            answer = refusal
        } else {
            answer = await page(String(head.uri.prefix { $0 != "?" }))
        }
        var headers = HTTPHeaders()
        headers.add(name: "content-type", value: answer.type)
        headers.add(name: "content-length", value: String(answer.body.utf8.count))
        headers.add(name: "connection", value: "close")
        headers.add(name: "cache-control", value: "no-store")
        headers.add(name: "x-content-type-options", value: "nosniff")
        if answer.status == .methodNotAllowed { headers.add(name: "allow", value: "GET, HEAD") }
        let begin = HTTPResponseHead(version: head.version, status: answer.status, headers: headers)
        channel.write(HTTPServerResponsePart.head(begin), promise: nil)
        if head.method != .HEAD {
            let body = ByteBuffer(string: answer.body)
            channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil)
        }
        // Who has gone needs no answer.
        try? await channel.writeAndFlush(HTTPServerResponsePart.end(nil)).get()
        try? await channel.close().get()
    }

    /// Web pages may not read figures: neither by their origin, nor by a name that leads here (DNS rebinding).
    private static func refusal(of head: HTTPRequestHead) -> MonitorServer.Page? {
        guard head.method == .GET || head.method == .HEAD else {
            return MonitorServer.Page(status: .methodNotAllowed, body: "only GET\n")
        }
        guard head.headers["host"].allSatisfy(WebPages.isLoopback), !head.headers.contains(name: "origin") else {
            return MonitorServer.Page(status: .forbidden, body: "only programs on this machine may ask\n")
        }
        return nil
    }
}
