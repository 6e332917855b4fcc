import DynamoDB
import DynamoDBEngine
import DynamoDBService
import Logging
import MiyabiHome
import MiyabiOperations

/// The embedded DynamoDB half: the engine, and its service on 127.0.0.1.
struct EmbeddedEngine: EmbeddedDynamoDB {
    private let engine: Engine
    private let server: DynamoDBServer
    let port: Int

    var api: any DynamoDBAPI { engine }

    /// What opens the engine and binds the port, without serving yet.
    ///
    /// - Parameters:
    ///   - settings: where the region that ARNs say comes from.
    ///   - isolation: what of other callers has tables of its own; Miyabi's are never among those.
    static func starter(_ settings: Settings, isolation: Set<Isolation> = []) -> EmbeddedDynamoDBStarter {
        let region = settings.dynamoDB.region
        return { directory, port, logger in
            var options = Engine.Options(directory: directory)
            options.region = region
            options.isolation = isolation
            options.owner = Caller(region: region, accessKeyID: DynamoDBSettings.anyKey)
            return try await start(options, port: port, logger: logger)
        }
    }

    private static func start(
        _ options: Engine.Options, port: Int, logger: Logger
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
            let server = DynamoDBServer(engine: engine, port: port, limits: limits, logger: logger)
            return EmbeddedEngine(engine: engine, server: server, port: try await server.start().port)
        } catch {
            await engine.close()
            throw error
        }
    }

    private init(engine: Engine, server: DynamoDBServer, port: Int) {
        self.engine = engine
        self.server = server
        self.port = port
    }

    func serve() async throws { try await server.run() }

    func stop() async {
        await server.shutdown()
        await engine.close()
    }
}
