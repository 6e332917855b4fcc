import DynamoDB
import DynamoDBEngine
import FoundationEssentials
import Logging
import MiyabiDatabase
import Postgres

/// Measures the data layer, one part a run; Benchmarks/benchmarks.py runs each and prepares what it needs.
///
/// `DatabaseBenchmark events DIRECTORY EVENTS`, `claims DIRECTORY CYCLES`: against the engine alone.
/// `DatabaseBenchmark metering CONNINFO EVENTS`, `keyset CONNINFO ROUNDS`, `access CONNINFO ROUNDS`: on a database with
/// Miyabi's schema. Prints `ours …/s` and, where the baseline is ours to run, `baseline …/s`.
@main
struct DatabaseBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let amount = Int(arguments[3]) else {
            print("usage: DatabaseBenchmark events|claims DIRECTORY AMOUNT | metering|keyset|access CONNINFO AMOUNT")
            return
        }
        // Away from the main actor, which every call would have to leave and come back to.
        try await Task.detached {
            switch arguments[1] {
            case "events": try await events(amount, in: arguments[2])
            case "claims": try await claims(amount, in: arguments[2])
            case "metering": try await withDatabase(arguments[2]) { try await metering(amount, $0) }
            case "keyset": try await withDatabase(arguments[2]) { try await keyset(rounds: amount, $0) }
            default: try await withDatabase(arguments[2]) { try await access(rounds: amount, $0) }
            }
        }.value
    }

    static let quiet = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }

    private static func withDatabase(
        _ address: String, _ body: @Sendable (Database) async throws -> Void
    ) async throws {
        let pool = PostgresPoolConfiguration(try PostgresConfiguration(address), maximumConnections: 8)
        let database = try Database(
            DatabaseConfiguration(postgres: pool, dynamoDB: .client(DynamoDBClientConfiguration())), logger: quiet)
        try await body(database)
        try await database.close()
    }

    /// Gives `body` an engine of its own with Miyabi's tables.
    static func withEngine(_ directory: String, _ body: (Engine) async throws -> Void) async throws {
        let engine = try Engine.open(Engine.Options(directory: directory), logger: quiet)
        try await MiyabiTables.createMissing(on: engine)
        try await body(engine)
        await engine.close()
    }

    /// Runs `work` on every share of the numbers below `count`, one share a task, and returns how many were done in a second.
    static func rate(
        of count: Int, tasks: Int, inStepsOf step: Int = 1,
        _ work: @escaping @Sendable (Range<Int>) async throws -> Void
    ) async throws -> Double {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    for first in stride(from: task * step, to: count, by: tasks * step) {
                        try await work(first..<min(first + step, count))
                    }
                }
            }
            try await group.waitForAll()
        }
        return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    }

    static func report(ours: Double, baseline: Double? = nil) {
        print("ours \(ours)/s" + (baseline.map { "\nbaseline \($0)/s" } ?? ""))
    }
}
