import DynamoDB
import DynamoDBEngine
import Logging

/// Measures the engine in process, with the RocksDB C API doing the same work in the same run beside it.
///
/// `EngineBenchmark DIRECTORY [EVENTS [LARGEST]]`: writes EVENTS events (default 500,000), shaped like Miyabi's, in each
/// of the ways of ``WriteShape``, reads single items and queries, then lets a table grow to LARGEST items (default
/// 1,000,000; 10,000,000 takes minutes and 10 GB) and measures it on the way.
@main
struct EngineBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 2 else {
            print("usage: EngineBenchmark DIRECTORY [EVENTS [LARGEST]]")
            return
        }
        let events = arguments.count > 2 ? Int(arguments[2]) ?? 500_000 : 500_000
        let largest = arguments.count > 3 ? Int(arguments[3]) ?? 1_000_000 : 1_000_000
        // Away from the main actor, which every call would have to leave and come back to.
        try await Task.detached {
            try await measure(in: arguments[1], events: events, largest: largest)
        }.value
    }

    private static func measure(in directory: String, events: Int, largest: Int) async throws {
        try await measureMemory(in: directory + "/empty")
        print("\nDurable writes, \(Events.writers) writers; the baseline is the raw RocksDB C API")
        for shape in WriteShape.all {
            try await measureWrites(
                shape, events: shape.batchSize == 1 ? events / 10 : events, in: directory)
        }
        print("\nReads of \(events) events with two indexes")
        try await measureReads(in: directory + "/" + WriteShape.plain.name, events: events)
        print("\nGrowth")
        try await measureGrowth(in: directory + "/growth", to: largest)
    }

    private static func measureMemory(in directory: String) async throws {
        let engine = try open(directory)
        print("Idle memory of the program with an empty engine: \(Meter.residentMegabytes()) MB")
        await engine.close()
    }

    static func open(_ directory: String) throws -> Engine {
        let logger = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        return try Engine.open(Engine.Options(directory: directory), logger: logger)
    }
}
