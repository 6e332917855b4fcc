internal import DynamoDB
public import DynamoDBEngine
public import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import ServiceLifecycle
internal import Synchronization

/// The DynamoDB API over HTTP: what an AWS SDK talks to, in any region.
///
/// Requests are authenticated if the data directory has access keys; see ``AccessKeyFile``. Otherwise any access key
/// will do, and the server listens on loopback addresses only.
public final class DynamoDBServer: Service {
    private struct Running: Sendable {
        let channel: any Channel
        let connections: ConnectionRegistry
    }

    private let engine: Engine
    private let host: String
    private let port: Int
    private let authentication: Authentication
    private let limits: ServerLimits
    let memory: ServerMemory
    private let faults: FaultInjector?
    private let logger: Logger
    private let running = Mutex<Running?>(nil)

    /// The open connections, while it listens.
    var connections: ConnectionRegistry? { running.withLock { $0?.connections } }

    /// Makes a server; it does not listen before ``start()`` or ``run()``.
    ///
    /// - Parameters:
    ///   - engine: what carries out the operations. The server does not close it.
    ///   - host: an IP address or host name to listen on.
    ///   - port: 0 to 65535; 0 takes a free one.
    ///   - authentication: who may ask.
    ///   - limits: how much is taken on at once.
    ///   - faults: how often requests fail on purpose; nil for never.
    public init(
        engine: Engine, host: String = "127.0.0.1", port: Int = 8000,
        authentication: Authentication = Authentication(), limits: ServerLimits = ServerLimits(),
        faults: FaultRates? = nil, logger: Logger
    ) {
        self.engine = engine
        self.host = host
        self.port = port
        self.authentication = authentication
        self.limits = limits
        memory = ServerMemory(bytes: limits.memory)
        self.faults = faults.map { FaultInjector($0, logger: logger) }
        self.logger = logger
    }

    /// Begins to listen; at once if it listens already.
    ///
    /// - Returns: the address that is listened on.
    /// - Throws: ``ServerError`` naming the address.
    @discardableResult
    public func start() async throws -> (host: String, port: Int) {
        if let running = running.withLock({ $0 }) { return address(of: running) }
        let connections = ConnectionRegistry(limit: limits.connections)
        let channel: any Channel
        do {
            let wanted = try SocketAddress.makeAddressResolvingHost(host, port: port)
            let authenticator = try Authenticator(authentication, address: wanted, logger: logger)
            channel = try await bootstrap(connections, authenticator).bind(to: wanted).get()
        } catch {
            throw ServerError(error, host: host, port: port)
        }
        let running = Running(channel: channel, connections: connections)
        self.running.withLock { $0 = running }
        let address = address(of: running)
        logger.info("DynamoDB is listening", metadata: ["host": "\(address.host)", "port": "\(address.port)"])
        faults?.announce()
        return address
    }

    private func bootstrap(_ connections: ConnectionRegistry, _ authenticator: Authenticator) -> ServerBootstrap {
        let dispatcher = Dispatcher(
            engine: engine, authenticator: authenticator, faults: faults, clock: engine.clock, logger: logger)
        let limits = limits
        let memory = memory
        return ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // After each connection the gate says whether there is a place for another.
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptGate(connections))
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // Between two reads a connection can say that it wants no more.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelInitializer { channel in
                guard let activity = connections.activity(of: channel) else { return channel.close() }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    let connection = HTTPConnection(
                        dispatcher: dispatcher, limits: limits, memory: memory, connections: connections,
                        activity: activity, channel: channel)
                    try pipeline.addHandler(connection)
                }
            }
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
        faults?.summarize()
        logger.info("DynamoDB has stopped listening")
    }
}
