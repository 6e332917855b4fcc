import DynamoDB
import DynamoDBEngine
import Glibc
import Logging

/// Measures the engine in process, with the RocksDB C API doing the same work in the same run beside it.
///
/// `EngineBenchmark DIRECTORY [EVENTS]`: writes EVENTS events (default 500,000), shaped like Miyabi's, in batches of 25
/// from concurrent writers, durable; then reads single items and queries. Every line: what, engine, baseline, ratio.
@main
struct EngineBenchmark {
    static func main() async throws {
        // Away from the main actor, which every call would have to leave and come back to.
        try await Task.detached { try await measure(CommandLine.arguments) }.value
    }

    private static func measure(_ arguments: [String]) async throws {
        guard arguments.count >= 2 else {
            print("usage: EngineBenchmark DIRECTORY [EVENTS]")
            return
        }
        let events = arguments.count > 2 ? Int(arguments[2]) ?? 500_000 : 500_000
        let batches = events / Events.batchSize

        let raw = try RawStore(directory: arguments[1] + "/raw")
        let rawStart = processorSeconds()
        let baseline = await raw.write(batches: batches, writers: Events.writers)
        let rawProcessor = processorSeconds() - rawStart
        raw.close()
        report("durable events/s, batches of 25, two indexes", Double(events) / baseline, as: "raw RocksDB C API")

        let logger = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        let engine = try Engine.open(Engine.Options(directory: arguments[1] + "/engine"), logger: logger)
        _ = try await engine.createTable(Events.definition)
        let engineStart = processorSeconds()
        let written = try await write(batches: batches, to: engine)
        let engineProcessor = processorSeconds() - engineStart
        report("durable events/s, batches of 25, two indexes", Double(events) / written, as: "engine")
        print("ratio to the raw C API: \(rounded(baseline / written))")
        // Compares better than wall time where other programs are at work.
        let perEvent = { (processor: Double) in rounded(processor / Double(events) * 1e6) }
        print("processor time an event: \(perEvent(engineProcessor)) µs (engine), \(perEvent(rawProcessor)) µs (raw)")

        try await read(from: engine, events: events)
        await engine.close()
    }

    private static func write(batches: Int, to engine: Engine) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<Events.writers {
                group.addTask {
                    for batch in stride(from: writer, to: batches, by: Events.writers) {
                        let items = (0..<Events.batchSize).map { Events.item(batch * Events.batchSize + $0) }
                        _ = try await engine.batchWriteItem(
                            BatchWriteItemInput(requestItems: [Events.table: items.map { .put($0) }]))
                    }
                }
            }
            try await group.waitForAll()
        }
        return seconds(clock.now - start)
    }

    private static func read(from engine: Engine, events: Int) async throws {
        let clock = ContinuousClock()
        var times: [Double] = []
        var state: UInt64 = 42
        for _ in 0..<50_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let input = GetItemInput(tableName: Events.table, key: Events.key(Int(state >> 33) % events))
            let start = clock.now
            let output = try await engine.getItem(input)
            times.append(seconds(clock.now - start) * 1e6)
            precondition(output.item != nil, "an event is missing")
        }
        times.sort()
        print("GetItem: p50 \(rounded(times[25_000])) µs, p99 \(rounded(times[49_500])) µs")

        let start = clock.now
        var items = 0
        let queries = 3_000
        for number in 0..<queries {
            let output = try await engine.query(
                QueryInput(
                    tableName: Events.table, indexName: "GSI1", limit: 100, keyConditionExpression: "GSI1PK = :user",
                    expressionAttributeValues: [":user": .string(Events.user(number))]))
            items += output.count
        }
        let elapsed = seconds(clock.now - start)
        print("Query of \(items / queries) items: \(rounded(Double(queries) / elapsed)) per second")
    }

    private static func report(_ what: String, _ value: Double, as who: String) {
        print("\(what): \(Int(value)) (\(who))")
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// Processor time of all threads of this process.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
