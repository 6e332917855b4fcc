import DynamoDB
import DynamoDBEngine

extension EngineBenchmark {
    static func measureReads(in directory: String, events: Int) async throws {
        let engine = try open(directory)
        var random = EventNumbers(below: events)
        let gets = Meter()
        let times = try await getItems(50_000, of: engine, &random)
        print(
            "GetItem: p50 \(rounded(times[25_000])) µs, p99 \(rounded(times[49_500])) µs, "
                + "\(rounded(gets.processor / 50_000 * 1e6)) µs of processor time")

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
        print(
            "Query of \(items / queries) items: \(Int(Double(queries) / meter.seconds)) per second, "
                + "\(rounded(meter.processor / Double(queries) * 1e6)) µs of processor time")
        try await measureBesideLargeReads(engine, &random)
        await engine.close()
    }

    /// GetItem while two others read 16 MB each time, without a pause.
    private static func measureBesideLargeReads(_ engine: Engine, _ random: inout EventNumbers) async throws {
        let table = "Large"
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: table,
                attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .number)],
                keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest))
        let keys: [Item] = (0..<50).map { ["id": .number(DecimalNumber($0))] }
        let text = AttributeValue.string(String(repeating: "large ", count: 55_000))
        for key in keys {
            _ = try await engine.putItem(PutItemInput(tableName: table, item: key.merging(["text": text]) { $1 }))
        }
        let readers = (0..<2).map { _ in
            Task {
                while !Task.isCancelled {
                    _ = try await engine.batchGetItem(
                        BatchGetItemInput(requestItems: [table: KeysAndAttributes(keys: keys)]))
                }
            }
        }
        let times = try await getItems(2_000, of: engine, &random, pause: .milliseconds(1))
        for reader in readers {
            reader.cancel()
            try await reader.value
        }
        print("GetItem beside two readers of 16 MB: p50 \(rounded(times[1_000])) µs, p99 \(rounded(times[1_980])) µs")
    }

    /// Reads items one by one.
    ///
    /// - Returns: the microseconds that each took, in ascending order.
    private static func getItems(
        _ count: Int, of engine: Engine, _ random: inout EventNumbers, pause: Duration? = nil
    ) async throws -> [Double] {
        var times: [Double] = []
        for _ in 0..<count {
            if let pause { try await Task.sleep(for: pause) }
            let input = GetItemInput(tableName: Events.table, key: Events.key(random.next()))
            let meter = Meter()
            let output = try await engine.getItem(input)
            times.append(meter.seconds * 1e6)
            precondition(output.item != nil, "an event is missing")
        }
        return times.sorted()
    }
}

/// Numbers of events in no order, the same each time.
private struct EventNumbers {
    private let limit: Int
    private var state: UInt64 = 42

    init(below limit: Int) {
        self.limit = limit
    }

    mutating func next() -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }
}
