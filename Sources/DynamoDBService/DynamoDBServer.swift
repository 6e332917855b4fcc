internal import DynamoDB
public import DynamoDBEngine
public import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
public import ServiceLifecycle
internal import Synchronization

/// The DynamoDB API over HTTP: what an AWS SDK talks to, in any region.
///
/// Requests are authenticated if the data directory has access keys; see ``AccessKeyFile``. Otherwise any access key
/// will do, and the server listens on loopback addresses only.
public final class DynamoDBServer: Service {
    private struct Running: Sendable {
        /// One for each address.
        let listeners: [any Channel]
        let connections: ConnectionRegistry
    }

    private let engine: Engine
    private let hosts: [String]
    private let port: Int
    private let security: TransportSecurity
    private let authentication: Authentication
    private let limits: ServerLimits
    let memory: ServerMemory
    private let faults: FaultInjector?
    private let recorder = RequestRecorder()
    private let logger: Logger
    private let running = Mutex<Running?>(nil)

    /// The open connections, while it listens.
    var connections: ConnectionRegistry? { running.withLock { $0?.connections } }

    /// Makes a server; it does not listen before ``start()`` or ``run()``.
    ///
    /// - Parameters:
    ///   - engine: what carries out the operations. The server does not close it.
    ///   - host: an IP address or host name to listen on.
    ///   - furtherHosts: others, on the same port.
    ///   - port: 0 to 65535; 0 takes a free one.
    ///   - security: what protects the traffic on its way.
    ///   - authentication: who may ask.
    ///   - limits: how much is taken on at once.
    ///   - faults: how often requests fail on purpose; nil for never.
    public init(
        engine: Engine, host: String = "127.0.0.1", furtherHosts: [String] = [], port: Int = 8000,
        security: TransportSecurity = .onThisMachine, authentication: Authentication = Authentication(),
        limits: ServerLimits = ServerLimits(), faults: FaultRates? = nil, logger: Logger
    ) {
        self.engine = engine
        hosts = [host] + furtherHosts
        self.port = port
        self.security = security
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
        var listeners: [any Channel] = []
        var current = hosts[0]
        do {
            var addresses: [SocketAddress] = []
            for host in hosts {
                current = host
                addresses.append(try SocketAddress.makeAddressResolvingHost(host, port: port))
                try security.check(addresses[addresses.count - 1])
            }
            let authenticator = try Authenticator(authentication, addresses: addresses, logger: logger)
            let bootstrap = bootstrap(connections, authenticator)
            for (host, var address) in zip(hosts, addresses) {
                current = host
                // Any free port is the same one everywhere.
                if let first = listeners.first?.localAddress?.port { address.port = first }
                listeners.append(try await bootstrap.bind(to: address).get())
            }
        } catch {
            for listener in listeners { try? await listener.close() }
            throw ServerError(error, host: current, port: port)
        }
        let running = Running(listeners: listeners, connections: connections)
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
        let certificate = security.certificate
        let recorder = recorder
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
                    if let certificate {
                        try pipeline.addHandler(PlainRequestGate(linger: limits.linger))
                        try pipeline.addHandler(NIOSSLServerHandler(context: certificate.context))
                    }
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    let connection = HTTPConnection(
                        dispatcher: dispatcher, figures: recorder.figures(of: channel.eventLoop), limits: limits,
                        memory: memory, connections: connections, activity: activity, channel: channel,
                        isEncrypted: certificate != nil)
                    try pipeline.addHandler(connection)
                }
            }
    }

    private func address(of running: Running) -> (host: String, port: Int) {
        let address = running.listeners.first?.localAddress
        return (address?.ipAddress ?? hosts[0], address?.port ?? port)
    }

    /// Serves until the service group shuts down gracefully, the task is cancelled or ``shutdown()`` is called; then
    /// finishes what is in flight.
    public func run() async throws {
        try await start()
        guard let listeners = running.withLock({ $0?.listeners }) else { return }
        // Cancellation means the same as a graceful shutdown: either way requests in flight are finished.
        try await withTaskCancellationOrGracefulShutdownHandler {
            for listener in listeners { try await listener.closeFuture.get() }
        } onCancelOrGracefulShutdown: {
            for listener in listeners { listener.close(promise: nil) }
        }
        await shutdown()
    }

    /// What requests came to since the server was made. Asking holds no request up for more than microseconds.
    ///
    /// - Throws: when the event loops are gone.
    public func requestFigures() async throws -> RequestFigures { try await recorder.merged() }

    /// Stops listening, answers the requests in flight and closes all connections; at once if it does not listen.
    public func shutdown() async {
        guard let running = running.withLock({ $0.take() }) else { return }
        for listener in running.listeners {
            do {
                try await listener.close()
            } catch ChannelError.alreadyClosed {
                // By `run()`, which was asked to stop.
            } catch {
                logger.warning("The listening socket did not close", metadata: ["error": "\(error)"])
            }
        }
        await running.connections.drain(within: .seconds(10))
        faults?.summarize()
        logger.info("DynamoDB has stopped listening")
    }
}
