import ArgumentParser
import DynamoDBEngine
import DynamoDBService
import Logging
import UnixSignals

/// `miyabi dynamodb`: the DynamoDB engine by itself.
struct DynamoDBCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dynamodb",
        abstract: "Run the DynamoDB engine by itself, without PostgreSQL.",
        subcommands: [DynamoDBServeCommand.self])
}

/// `miyabi dynamodb serve`.
struct DynamoDBServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the DynamoDB API over HTTP until Ctrl-C.",
        discussion: """
            A drop-in for DynamoDB Local, on its port. Any region and any access key will do:
              aws dynamodb list-tables --endpoint-url http://127.0.0.1:8000

            Requests are not authenticated: keep it on a loopback address.
            """)

    @Option(help: "The port; 0 takes a free one.")
    var port = 8000

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The data directory; created if it is missing.", completion: .directory)
    var data: String

    @Flag(help: "Acknowledge writes before they are on disk. A power failure loses the last ones: for throw-away data.")
    var noSync = false

    @Flag(help: "Refuse reads and writes beyond a table's throughput, as DynamoDB does: to test back-off and scaling.")
    var enforceThroughput = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
    }

    func run() async throws {
        let logger = global.logger(level: .info)
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        var options = Engine.Options(directory: data)
        options.synchronous = !noSync
        options.enforceThroughput = enforceThroughput
        options.address = "\(host):\(port)"
        do {
            let engine = try Engine.open(options, logger: logger)
            let server = DynamoDBServer(engine: engine, host: host, port: port, logger: logger)
            do {
                let address = try await server.start()
                if noSync { logger.warning("Writes are acknowledged before they are on disk (--no-sync)") }
                Console.result("DYNAMODB_ENDPOINT=http://\(address.host):\(address.port)")
                for await _ in signals { break }
            } catch {
                await engine.close()
                throw error
            }
            await server.shutdown()
            await engine.close()
        } catch let error as EngineError {
            throw fail(error.description)
        } catch let error as ServerError {
            throw fail(error.description)
        }
    }

    private func fail(_ message: String) -> ExitCode {
        Console.error("miyabi: \(message)")
        return .failure
    }
}
