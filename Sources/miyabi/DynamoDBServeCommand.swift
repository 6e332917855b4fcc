import ArgumentParser
import DynamoDBEngine
import DynamoDBService
import Logging
import UnixSignals

/// `miyabi dynamodb serve`.
struct DynamoDBServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the DynamoDB API over HTTP until Ctrl-C.",
        discussion: """
            A drop-in for DynamoDB Local, on its port. Any region will do, and any access key until you make some:
              miyabi dynamodb serve --data ./dynamodb
              aws dynamodb list-tables --endpoint-url http://127.0.0.1:8000

            With access keys (`miyabi dynamodb keys add`) every request must be signed with one of them. Without, the \
            server listens on loopback addresses only.

            Exit codes: 0 stopped by a signal; 1 failed, with the reason on standard error; 64 for a wrong command line.
            """)

    @Option(help: "The port; 0 takes a free one.")
    var port = 8000

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @OptionGroup(title: "Where the data is") var store: DynamoDBStoreOptions

    @Flag(help: "Listen beyond loopback addresses although there are no access keys: everybody may do everything.")
    var allowUnauthenticated = false

    @Flag(help: "Refuse reads and writes beyond a table's throughput, as DynamoDB does: to test back-off and scaling.")
    var enforceThroughput = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
    }

    func run() async throws {
        let logger = global.logger(level: .info)
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let memory = store.inMemory ? try MemoryDirectory() : nil
        let engine: Engine
        do {
            var options = try store.options(memory)
            options.enforceThroughput = enforceThroughput
            options.address = "\(host):\(port)"
            engine = try Engine.open(options, logger: logger)
        } catch {
            try memory?.remove()
            throw error
        }
        let result: Result<Void, any Error>
        do {
            let server = server(engine, logger: logger)
            let address = try await server.start()
            announce(address, logger: logger)
            for await _ in signals { break }
            await server.shutdown()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await engine.close()
        try memory?.remove()
        try result.get()
    }

    private func server(_ engine: Engine, logger: Logger) -> DynamoDBServer {
        DynamoDBServer(
            engine: engine, host: host, port: port,
            authentication: Authentication(
                keys: store.data.map { AccessKeyFile(directory: $0) }, allowsUnauthenticated: allowUnauthenticated),
            logger: logger)
    }

    private func announce(_ address: (host: String, port: Int), logger: Logger) {
        if store.noSync { logger.warning("Writes are acknowledged before they are on disk (--no-sync)") }
        if store.inMemory { logger.warning("The data is gone when the program ends (--in-memory)") }
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        Console.result("DYNAMODB_ENDPOINT=http://\(host):\(address.port)")
    }
}

/// Where `miyabi dynamodb serve` keeps its data, and how.
struct DynamoDBStoreOptions: ParsableArguments {
    @Option(help: "The data directory; created if it is missing.", completion: .directory)
    var data: String?

    @Flag(help: "Keep the data in memory, for tests: nothing is written to disk, and nothing is left at the end.")
    var inMemory = false

    @Flag(help: "Acknowledge writes before they are on disk. A power failure loses the last ones: for throw-away data.")
    var noSync = false

    @Flag(help: "Read all files and compare them with their checksums before serving: some seconds for each GB.")
    var verify = false

    @Option(help: "Megabytes of memory for what is read from files: 8 to 1048576.")
    var cacheMb = 128

    func validate() throws {
        guard (data != nil) != inMemory else { throw ValidationError("Choose one of --data and --in-memory.") }
        guard !(inMemory && noSync) else { throw ValidationError("--no-sync has no meaning with --in-memory.") }
        guard (8...1_048_576).contains(cacheMb) else {
            throw ValidationError("--cache-mb must be from 8 to 1048576.")
        }
    }

    func options(_ memory: MemoryDirectory?) throws -> Engine.Options {
        guard let directory = memory?.path ?? data else {
            throw ValidationError("Choose one of --data and --in-memory.")
        }
        var options = Engine.Options(directory: directory)
        options.synchronous = !noSync && !inMemory
        options.blockCacheBytes = cacheMb << 20
        options.verifiesFiles = verify
        return options
    }
}
