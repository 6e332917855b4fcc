import Logging
import Postgres

/// Measures the PostgreSQL client, one part a run; Benchmarks/benchmarks.py runs each beside its baseline, on a database
/// that `pgbench -i` has filled.
///
/// `PostgresBenchmark CONNINFO PART AMOUNT`: `select`, `executor` for AMOUNT seconds; `copy`, `stream`, `batches`,
/// `single` for AMOUNT rows. Prints how many of what were done in a second.
@main
struct PostgresBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let amount = Int(arguments[3]) else {
            print("usage: PostgresBenchmark CONNINFO select|executor|copy|stream|batches|single AMOUNT")
            return
        }
        let configuration = try PostgresConfiguration(arguments[1])
        let part = arguments[2]
        // Away from the main actor, which every call would have to leave and come back to.
        let rate = try await Task.detached {
            switch part {
            case "select": return try await selects(configuration, seconds: amount)
            case "executor": return try await selects(configuration, seconds: amount, on: PostgresPool.executor)
            case "copy": return try await copy(configuration, rows: amount)
            case "stream": return try await stream(configuration, rows: amount)
            case "batches": return try await inserts(configuration, rows: amount, batchSize: 100)
            default: return try await inserts(configuration, rows: amount, batchSize: 1)
            }
        }.value
        print("\(part): \(Int(rate))/s, peak \(Usage.peakMegabytes) MB, processor \(Usage.processorSeconds) s")
    }

    /// The number of `count` a second, if `work` takes all the time for them.
    static func rate(of count: Int, _ work: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await work()
        return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    }

    static func connect(_ configuration: PostgresConfiguration) async throws -> PostgresConnection {
        try await PostgresConnection.connect(configuration, logger: quiet)
    }

    static let quiet = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
}
