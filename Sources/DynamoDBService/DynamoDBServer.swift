public import DynamoDB
internal import DynamoDBEngine
public import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import ServiceLifecycle
internal import Synchronization

/// The DynamoDB API over HTTP: what an AWS SDK talks to, with any region and any access key.
///
/// Requests are not authenticated, so the server belongs on a loopback address.
public final class DynamoDBServer: Service {
    private struct Running: Sendable {
        let channel: any Channel
        let connections: ConnectionRegistry
    }

    private let engine: any DynamoDBAPI
    private let host: String
    private let port: Int
    private let logger: Logger
    private let running = Mutex<Running?>(nil)

    /// Makes a server; it does not listen before ``start()`` or ``run()``.
    ///
    /// - Parameters:
    ///   - engine: what carries out the operations. The server does not close it.
    ///   - host: an IP address or host name to listen on.
    ///   - port: 0 to 65535; 0 takes a free one.
    public init(engine: any DynamoDBAPI, host: String = "127.0.0.1", port: Int = 8000, logger: Logger) {
        self.engine = engine
        self.host = host
        self.port = port
        self.logger = logger
    }

    /// Begins to listen; at once if it listens already.
    ///
    /// - Returns: the address that is listened on.
    /// - Throws: ``ServerError`` naming the address.
    @discardableResult
    public func start() async throws -> (host: String, port: Int) {
        if let running = running.withLock({ $0 }) { return address(of: running) }
        let connections = ConnectionRegistry()
        let dispatcher = Dispatcher(engine: engine, logger: logger)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    connections.add(channel)
                    // The pipelining assistance holds a request back until the one before it is answered.
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                    try pipeline.addHandler(
                        HTTPRequestHandler(dispatcher: dispatcher, executor: EventLoopTaskExecutor(channel.eventLoop)))
                }
            }
        let channel: any Channel
        do {
            channel = try await bootstrap.bind(host: host, port: port).get()
        } catch {
            throw ServerError(error, host: host, port: port)
        }
        let running = Running(channel: channel, connections: connections)
        self.running.withLock { $0 = running }
        let address = address(of: running)
        logger.info("DynamoDB is listening", metadata: ["host": "\(address.host)", "port": "\(address.port)"])
        return address
    }

    private func address(of running: Running) -> (host: String, port: Int) {
        (running.channel.localAddress?.ipAddress ?? host, running.channel.localAddress?.port ?? port)
    }

    /// Serves until the service group shuts down gracefully, the task is cancelled or ``shutdown()`` is called; then
    /// finishes what is in flight.
    public func run() async throws {
        try await start()
        guard let channel = running.withLock({ $0?.channel }) else { return }
        // Cancellation means the same as a graceful shutdown: either way requests in flight are finished.
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await channel.closeFuture.get()
        } onCancelOrGracefulShutdown: {
            channel.close(promise: nil)
        }
        await shutdown()
    }

    /// Stops listening, answers the requests in flight and closes all connections; at once if it does not listen.
    public func shutdown() async {
        guard let running = running.withLock({ $0.take() }) else { return }
        do {
            try await running.channel.close()
        } catch ChannelError.alreadyClosed {
            // By `run()`, which was asked to stop.
        } catch {
            logger.warning("The listening socket did not close", metadata: ["error": "\(error)"])
        }
        await running.connections.drain(within: .seconds(10))
        logger.info("DynamoDB has stopped listening")
    }
}
