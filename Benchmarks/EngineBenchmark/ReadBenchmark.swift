import DynamoDB
import DynamoDBEngine

extension EngineBenchmark {
    static func measureReads(in directory: String, events: Int) async throws {
        let engine = try open(directory)
        var times: [Double] = []
        var state: UInt64 = 42
        for _ in 0..<50_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let input = GetItemInput(tableName: Events.table, key: Events.key(Int(state >> 33) % events))
            let meter = Meter()
            let output = try await engine.getItem(input)
            times.append(meter.seconds * 1e6)
            precondition(output.item != nil, "an event is missing")
        }
        times.sort()
        print("GetItem: p50 \(rounded(times[25_000])) µs, p99 \(rounded(times[49_500])) µs")

        let meter = Meter()
        var items = 0
        let queries = 3_000
        for number in 0..<queries {
            let output = try await engine.query(
                QueryInput(
                    tableName: Events.table, indexName: "GSI1", limit: 100,
                    keyConditionExpression: "GSI1PK = :user",
                    expressionAttributeValues: [":user": .string(Events.user(number))]))
            items += output.count
        }
        print("Query of \(items / queries) items: \(Int(Double(queries) / meter.seconds)) per second")
        await engine.close()
    }
}
