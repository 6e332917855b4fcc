import DynamoDB
import DynamoDBEngine
import Fuzzing
import Synchronization
import Testing

/// Many clients at once read and write a few items of two tables, alone and in transactions; what they saw must have an
/// order.
@Suite struct TransactionHistoryTests {
    private static let clients = 8
    private static let steps = 80
    private static let keys = [EventTable.name, "Other"].flatMap { table in
        ["a", "b", "c"].map { History.Key(table: table, name: $0) }
    }

    private let directory: TemporaryDirectory
    private let engine: Engine
    private let recorder = HistoryRecorder()

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory)
        for table in Set(Self.keys.map(\.table)) {
            var definition = EventTable.definition
            definition.tableName = table
            _ = try await engine.createTable(definition)
        }
        for key in Self.keys {
            _ = try await engine.putItem(
                PutItemInput(tableName: key.table, item: key.item.merging(["log": .list([])]) { $1 }))
        }
    }

    @Test(arguments: [501, 502] as [UInt64])
    func clientsSeeOneOrder(seed: UInt64) async throws {
        let outcomes = try await withThrowingTaskGroup(of: Outcomes.self) { group in
            for client in 0..<Self.clients {
                group.addTask { try await run(SeededGenerator(seed: seed << 8 + UInt64(client))) }
            }
            return try await group.reduce(into: Outcomes()) { $0.add($1) }
        }
        try await recorder.record { _, operation in operation.reads = try await snapshot(of: Self.keys) }
        let history = History(operations: recorder.operations, final: try await snapshot(of: Self.keys))
        let anomalies = HistoryChecker.anomalies(of: history)
        #expect(anomalies.isEmpty, "seed \(seed)")
        #expect(history.operations.count >= Self.clients * Self.steps)
        #expect(outcomes.committed > 0 && outcomes.refused > 0, "The clients never met")
        await engine.close()
    }

    /// How conditional transactions ended.
    private struct Outcomes {
        var committed = 0
        var refused = 0

        mutating func add(_ other: Outcomes) {
            committed += other.committed
            refused += other.refused
        }
    }

    private func run(_ random: SeededGenerator) async throws -> Outcomes {
        var random = random
        var outcomes = Outcomes()
        for _ in 0..<Self.steps {
            let keys = Array(Self.keys.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: try await get(keys[0])
            case 1: try await recorder.record { _, operation in operation.reads = try await snapshot(of: keys) }
            case 2: try await update(keys[0])
            case 3: try await append(to: keys)
            default: try await appendConditionally(to: keys, &outcomes)
            }
        }
        return outcomes
    }

    // MARK: Operations

    private func get(_ key: History.Key) async throws {
        try await recorder.record { _, operation in
            let output = try await engine.getItem(
                GetItemInput(tableName: key.table, key: key.item, consistentRead: true))
            operation.reads[key] = output.item?.log
        }
    }

    private func snapshot(of keys: [History.Key]) async throws -> [History.Key: [Int]] {
        let output = try await engine.transactGetItems(
            TransactGetItemsInput(
                transactItems: keys.map { TransactGetItem(get: Get(tableName: $0.table, key: $0.item)) }))
        let lists = try output.responses.map { try #require($0.item).log }
        return Dictionary(uniqueKeysWithValues: zip(keys, lists))
    }

    private func update(_ key: History.Key) async throws {
        try await recorder.record { number, operation in
            let output = try await engine.updateItem(
                UpdateItemInput(
                    tableName: key.table, key: key.item, returnValues: .allOld, updateExpression: appending,
                    expressionAttributeNames: ["#log": "log"],
                    expressionAttributeValues: [":number": .list([.number(number)])]))
            operation.reads[key] = output.attributes?.log
            operation.appends = [key]
        }
    }

    private func append(to keys: [History.Key]) async throws {
        try await recorder.record { number, operation in
            _ = try await engine.transactWriteItems(
                TransactWriteItemsInput(transactItems: keys.map { $0.append(number, if: nil) }))
            operation.appends = Set(keys)
        }
    }

    /// Reads, then writes to all but the last key if nothing has changed since.
    private func appendConditionally(to keys: [History.Key], _ outcomes: inout Outcomes) async throws {
        var seen: [History.Key: [Int]] = [:]
        try await recorder.record { _, operation in
            seen = try await snapshot(of: keys)
            operation.reads = seen
        }
        let written = keys.count > 1 ? Array(keys.dropLast()) : keys
        var isCommitted = false
        try await recorder.record { number, operation in
            let actions = keys.map { key in
                written.contains(key) ? key.append(number, if: seen[key]) : key.check(seen[key] ?? [])
            }
            do {
                _ = try await engine.transactWriteItems(TransactWriteItemsInput(transactItems: actions))
                operation.reads = seen
                operation.appends = Set(written)
                isCommitted = true
            } catch let error as DynamoDBError where error.code == .transactionCanceledException {
                for (key, reason) in zip(keys, error.cancellationReasons) where reason.code != "None" {
                    #expect(reason.code == "ConditionalCheckFailed")
                    operation.reads[key] = reason.item?.log
                }
            }
        }
        if isCommitted { outcomes.committed += 1 } else { outcomes.refused += 1 }
    }
}

private let appending = "SET #log = list_append(#log, :number)"

extension History.Key {
    fileprivate var item: Item { ["PK": .string("history"), "SK": .string(name)] }

    fileprivate func append(_ number: Int, if list: [Int]?) -> TransactWriteItem {
        var values: [String: AttributeValue] = [":number": .list([.number(number)])]
        values[":seen"] = list.map { .list($0.map { .number($0) }) }
        return .update(
            Update(
                tableName: table, key: item, updateExpression: appending,
                conditionExpression: list == nil ? nil : "#log = :seen", expressionAttributeNames: ["#log": "log"],
                expressionAttributeValues: values, returnValuesOnConditionCheckFailure: .allOld))
    }

    fileprivate func check(_ list: [Int]) -> TransactWriteItem {
        .conditionCheck(
            ConditionCheck(
                tableName: table, key: item, conditionExpression: "#log = :seen",
                expressionAttributeNames: ["#log": "log"],
                expressionAttributeValues: [":seen": .list(list.map { .number($0) })],
                returnValuesOnConditionCheckFailure: .allOld))
    }
}

extension Item {
    /// The operations that appended to the item.
    fileprivate var log: [Int] { self["log"]?.list?.compactMap(\.int) ?? [] }
}
