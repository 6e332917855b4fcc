import DynamoDB
import DynamoDBEngine
import DynamoDBService
import Glibc
import Logging
import MiyabiHome
import MiyabiMonitoring
import MiyabiOperations
import UnixSignals

/// The embedded DynamoDB half: the engine, and its service on 127.0.0.1.
struct EmbeddedEngine: EmbeddedDynamoDB {
    private let engine: Engine
    private let server: DynamoDBServer
    private let certificate: ServerCertificate?
    let port: Int

    var api: any DynamoDBAPI { engine }

    /// What opens the engine and binds the port, without serving yet.
    ///
    /// - Parameters:
    ///   - settings: where the region that ARNs say comes from.
    ///   - isolation: what of other callers has tables of its own; Miyabi's are never among those.
    static func starter(_ settings: Settings, isolation: Set<Isolation> = []) -> EmbeddedDynamoDBStarter {
        let region = settings.dynamoDB.region
        return { home, port, transport, logger in
            var options = Engine.Options(directory: home.dynamoDBDirectory)
            options.region = region
            options.isolation = isolation
            // Everybody who can reach the port has to sign, from the first request on.
            let keys = AccessKeyFile(directory: home.dynamoDBDirectory)
            let ownKey = try OwnAccessKey.ensure(in: keys, home.credentials)
            options.owner = Caller(region: region, accessKeyID: ownKey)
            options.encryption = try await encryption(of: home, settings)
            return try await start(options, Authentication(keys: keys), port: port, transport, logger: logger)
        }
    }

    /// A new home is encrypted, with a key made for it; one that has data without encryption stays as it is.
    private static func encryption(of home: MiyabiHome, _ settings: Settings) async throws -> EncryptionAtRest? {
        let keys = HomeKeys(home, source: settings.keySource)
        let census = try EncryptionCensus(of: home.dynamoDBDirectory)
        let isPlain = !census.isEncrypted && census.plainFiles > 0
        // Where it has lost its key, no new one is made: that would hide what is wrong.
        let found = try await isPlain || census.isEncrypted ? keys.keys() : keys.make()
        return found.map { EncryptionAtRest(keys: $0, reload: keys.reload) }
    }

    private static func start(
        _ options: Engine.Options, _ authentication: Authentication, port: Int, _ transport: EmbeddedTransport,
        logger: Logger
    ) async throws -> EmbeddedEngine {
        // The supervisor tells where it serves; the engine and the service speak up when something is wrong.
        var logger = logger
        logger[metadataKey: ConsoleLogHandler.half] = "dynamodb"
        if logger.logLevel > .debug { logger.logLevel = max(logger.logLevel, .warning) }
        let descriptors = try DescriptorPlan.forThisProcess()
        var options = options
        options.maximumOpenFiles = descriptors.openFiles
        let engine = try Engine.open(options, logger: logger)
        do {
            var limits = ServerLimits()
            limits.connections = descriptors.connections
            let certificate = try transport.certificatePath.map {
                try ServerCertificate(certificatePath: $0, keyPath: $0)
            }
            let server = DynamoDBServer(
                engine: engine, host: transport.addresses[0], furtherHosts: Array(transport.addresses.dropFirst()),
                port: port, security: certificate.map { .tls($0) } ?? .onThisMachine, authentication: authentication,
                limits: limits, logger: logger)
            return EmbeddedEngine(
                engine: engine, server: server, certificate: certificate, port: try await server.start().port)
        } catch {
            await engine.close()
            throw error
        }
    }

    private init(engine: Engine, server: DynamoDBServer, certificate: ServerCertificate?, port: Int) {
        self.engine = engine
        self.certificate = certificate
        self.server = server
        self.port = port
    }

    /// The figures of the engine and its service.
    var figures: EngineSource {
        EngineSource(engine: { [engine] in try await engine.figures() }) { [server] in try await server.requestFigures()
        }
    }

    /// What watches both halves of a home, as a part of its supervisor.
    static func monitor(_ settings: Settings, logger: Logger) -> MonitorStarter {
        { postgres, work, dynamoDB in
            await MonitorService(
                settings, postgres: postgres, work: work, engine: (dynamoDB as? EmbeddedEngine)?.figures,
                logger: logger
            ).run()
        }
    }

    func serve() async throws { try await server.run() }

    func reloadCertificate() throws { try certificate?.reload() }

    func stop() async {
        await server.shutdown()
        await engine.close()
    }
}

/// Turns Ctrl-C, SIGTERM and a closed terminal into requests to stop.
enum HaltSignals {
    /// Runs `body` with a halt that signals request. The second signal makes haste, the third ends the program.
    static func forward<R: Sendable>(_ body: (Halt) async throws -> R) async rethrows -> R {
        // A reader of our output that goes away is no reason to die without stopping anything.
        signal(SIGPIPE, SIG_IGN)
        let halt = Halt()
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        let forwarding = Task {
            for await _ in signals {
                switch halt.request() {
                case 1: Console.error("miyabi: stopping; once more to stop at once")
                case 2: Console.error("miyabi: stopping at once; once more to give up waiting")
                default: exit(130)
                }
            }
        }
        defer { forwarding.cancel() }
        return try await body(halt)
    }
}
