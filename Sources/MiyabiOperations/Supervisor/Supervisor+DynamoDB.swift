public import DynamoDB
import FoundationEssentials
public import Logging
public import MiyabiDatabase
public import MiyabiHome
import MiyabiImport
import MiyabiSystem

extension Supervisor {
    /// Checks the external DynamoDB, or that the port of the embedded one is free.
    func checkDynamoDB(_ halves: RunningHalves) async throws {
        guard settings.dynamoDB.location == .embedded else {
            try await halves.step("checking the external DynamoDB")
            return try await checkExternalDynamoDB()
        }
        let port = settings.dynamoDBPort
        guard try port == 0 || LocalPort.isFree(port) else {
            throw LocalPort.inUse(port, option: "--dynamodb-port", variable: Variable.dynamoDBPort.name)
        }
    }

    /// Starts the embedded DynamoDB with its three tables.
    func startDynamoDB(_ halves: RunningHalves) async throws {
        try await halves.step("starting DynamoDB")
        let service = try await startDynamoDB(settings.home, settings.dynamoDBPort, halves.transport, logger)
        await halves.started(service)
        try await halves.step("creating the DynamoDB tables")
        let made = try await MiyabiTables.createMissing(on: service.api)
        logger.info(
            "DynamoDB is listening on \(DynamoDBSettings.embeddedEndpoint(port: service.port, tls: halves.transport.tls))"
        )
        if !made.isEmpty { logger.info("created the tables \(made.joined(separator: ", "))") }
    }

    private func checkExternalDynamoDB() async throws {
        let client = try DynamoDBClient(settings.dynamoDBClient(), logger: logger)
        do {
            if preparesExternal {
                try await MiyabiTables.createMissing(on: client)
            } else {
                let states = try await MiyabiTables.states(on: client)
                for case (let table, .different(let error)) in states {
                    logger.warning("its table \(table) differs from what Miyabi needs: \(error.difference)")
                }
                let missing = states.filter { $0.value == .missing }.keys.sorted()
                if !missing.isEmpty {
                    logger.warning(
                        "it has no \(missing.joined(separator: ", ")): run `miyabi up --prepare` to create them")
                }
            }
        } catch {
            try await client.close()
            throw OperationsError(
                .dynamoDB, "cannot use the external DynamoDB (\(settings.dynamoDB.address)): \(error)",
                advice:
                    "Unset DYNAMODB_ENDPOINT and MIYABI_DYNAMODB (in the environment and in .env) to have miyabi start its own."
            )
        }
        try await client.close()
        logger.info("DynamoDB is external: \(settings.dynamoDB.address)")
    }
}

/// The embedded DynamoDB half, as the supervisor sees it: the program brings it along, since this module stands below the
/// engine.
public protocol EmbeddedDynamoDB: Sendable {
    /// The engine, in process.
    var api: any DynamoDBAPI { get }
    /// The port that the HTTP service listens on, on 127.0.0.1.
    var port: Int { get }
    /// Serves until its task is cancelled or after ``stop()``; throws when the service dies by itself.
    func serve() async throws
    /// Shows new connections what the certificate's file holds now; nothing without TLS.
    func reloadCertificate() throws
    /// Ends the HTTP service, then flushes and closes the engine.
    func stop() async
}

/// Opens the engine of a home and binds its service to a port of the addresses in the transport (0: any free one). Who has no access key of the
/// home is refused; the home's own key is made at the first start.
///
/// Throws ``OperationsError`` with `portInUse` for a port that is taken.
public typealias EmbeddedDynamoDBStarter =
    @Sendable (_ home: MiyabiHome, _ port: Int, _ transport: EmbeddedTransport, _ logger: Logger) async throws ->
    any EmbeddedDynamoDB

/// A directory of files to try the database with: `github-webhooks.ndjson` and `commits.ndjson`, as `miyabi import` takes them.
public struct SampleData: Sendable {
    private let directory: String

    /// The project's own are in `Database/sample`.
    public init(directory: String) { self.directory = directory }

    /// Imports both files; what was imported before does not change.
    ///
    /// - Returns: a sentence for each file.
    /// - Throws: ``ImportError`` when a file is missing or has a bad line.
    public func load(into database: Database) async throws -> [String] {
        let options = ImportOptions(isStrict: true)
        let webhooks = try await GitHubImporter(database: database, options: options)
            .run(LineReader(path: directory + "/github-webhooks.ndjson"))
        let commits = try await CommitImporter(database: database, options: options)
            .run(LineReader(path: directory + "/commits.ndjson"))
        return [webhooks.sentence, commits.sentence]
    }
}
