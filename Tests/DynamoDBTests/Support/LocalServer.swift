import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A real HTTP server on this machine that answers as a test says, and keeps what it was asked.
final class LocalServer: Sendable {
    struct Request: Sendable {
        let method: String
        let uri: String
        let headers: HTTPHeaders
        let body: String
    }

    struct Answer: Sendable {
        var status = 200
        var body = ""
    }

    private let channel: any Channel
    private let recorded: Recorder

    private final class Recorder: Sendable {
        let requests = Mutex<[Request]>([])
    }

    var address: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }
    var requests: [Request] { recorded.requests.withLock { $0 } }

    private init(channel: any Channel, recorded: Recorder) {
        self.channel = channel
        self.recorded = recorded
    }

    /// Runs `body` with a server, and closes it.
    static func run(
        answering answer: @escaping @Sendable (Request) -> Answer, _ body: (LocalServer) async throws -> Void
    ) async throws {
        let recorded = Recorder()
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        Handler { request in
                            recorded.requests.withLock { $0.append(request) }
                            return answer(request)
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = LocalServer(channel: channel, recorded: recorded)
        do {
            try await body(server)
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let answer: (Request) -> Answer
        private var head: HTTPRequestHead?
        private var body = ""

        init(_ answer: @escaping (Request) -> Answer) {
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body = ""
            case .body(let part): body += String(buffer: part)
            case .end:
                guard let head else { return }
                let answer = answer(
                    Request(method: head.method.rawValue, uri: head.uri, headers: head.headers, body: body))
                let headers: HTTPHeaders = ["content-length": "\(answer.body.utf8.count)"]
                let response = HTTPResponseHead(
                    version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
                context.write(wrapOutboundOut(.head(response)), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
