import DynamoDB
import DynamoDBEngine
import Fuzzing
import Testing

/// Money moves between accounts by transactions of many tellers at once.
@Suite struct BankTests {
    private static let accounts = 12
    private static let balance = 100

    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(EventTable.definition)
        for account in 0..<Self.accounts {
            _ = try await engine.putItem(
                PutItemInput(
                    tableName: EventTable.name,
                    item: Self.key(account).merging(["balance": .number(Self.balance)]) { $1 }))
        }
    }

    private static func key(_ account: Int) -> Item { ["PK": .string("bank"), "SK": .string("\(account)")] }

    private static func change(_ account: Int, by amount: Int, atLeast least: Int) -> TransactWriteItem {
        .update(
            Update(
                tableName: EventTable.name, key: key(account), updateExpression: "SET balance = balance + :a",
                conditionExpression: "balance >= :least",
                expressionAttributeValues: [":a": .number(amount), ":least": .number(least)]))
    }

    private func balances() async throws -> [Int] {
        let output = try await engine.transactGetItems(
            TransactGetItemsInput(
                transactItems: (0..<Self.accounts).map {
                    TransactGetItem(get: Get(tableName: EventTable.name, key: Self.key($0)))
                }))
        return output.responses.compactMap { $0.item?["balance"]?.int }
    }

    @Test func theSumStaysAndNoHalfTransferIsSeen() async throws {
        let transfers = try await withThrowingTaskGroup(of: Int.self) { group in
            for teller in 0..<8 {
                group.addTask {
                    var random = SeededGenerator(seed: UInt64(teller))
                    var made = 0
                    for _ in 0..<150 {
                        let pair = (0..<Self.accounts).shuffled(using: &random).prefix(2)
                        let amount = Int.random(in: 1...60, using: &random)
                        do {
                            _ = try await engine.transactWriteItems(
                                TransactWriteItemsInput(transactItems: [
                                    Self.change(pair[0], by: -amount, atLeast: amount),
                                    Self.change(pair[1], by: amount, atLeast: 0),
                                ]))
                            made += 1
                        } catch let error as DynamoDBError where error.code == .transactionCanceledException {
                            #expect(error.cancellationReasons.map(\.code) == ["ConditionalCheckFailed", "None"])
                        }
                    }
                    return made
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    for _ in 0..<200 {
                        let balances = try await balances()
                        #expect(balances.count == Self.accounts)
                        #expect(balances.reduce(0, +) == Self.accounts * Self.balance)
                        #expect(balances.allSatisfy { $0 >= 0 })
                    }
                    return 0
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(transfers > 0)
        #expect(try await balances().reduce(0, +) == Self.accounts * Self.balance)
        await engine.close()
    }
}
