import DynamoDB
import Testing

@testable import DynamoDBEngine

/// Key attributes that do not fit: empty ones are told of the request, all others of the action.
@Suite struct TransactionKeyTests {
    enum Action: CaseIterable {
        case put, update, delete, check
    }

    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(EventTable.definition)
    }

    private func failure(of item: TransactWriteItem) async -> DynamoDBError? {
        await DynamoDBEngineTests.failure {
            try await engine.transactWriteItems(TransactWriteItemsInput(transactItems: [item]))
        }
    }

    private func item(_ action: Action, _ key: Item) -> TransactWriteItem {
        let table = EventTable.name
        return switch action {
        case .put: .put(Put(tableName: table, item: key))
        case .update: .update(Update(tableName: table, key: key, updateExpression: "REMOVE x"))
        case .delete: .delete(Delete(tableName: table, key: key))
        case .check:
            .conditionCheck(
                ConditionCheck(tableName: table, key: key, conditionExpression: "attribute_not_exists(PK)"))
        }
    }

    @Test(arguments: Action.allCases, [AttributeValue.number(1), .list([]), .bool(true)])
    func misfitKeysCancel(action: Action, value: AttributeValue) async {
        let error = await failure(of: item(action, ["PK": "p", "SK": value]))
        let told =
            action == .put
            ? "One or more parameter values were invalid: Type mismatch for key SK expected: S actual: \(value.type.rawValue)"
            : "The provided key element does not match the schema"
        #expect(error?.code == .transactionCanceledException)
        #expect(error?.cancellationReasons == [CancellationReason(code: "ValidationError", message: told)])
        await engine.close()
    }

    @Test(arguments: Action.allCases)
    func emptyKeysRefuse(action: Action) async {
        let error = await failure(of: item(action, ["PK": "p", "SK": ""]))
        #expect(error?.code == .validationException)
        #expect(
            error?.message
                == "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: SK"
        )
        await engine.close()
    }

    @Test(arguments: [false, true], [AttributeValue.number(1), .list([]), .null])
    func misfitIndexKeysCancel(isUpdate: Bool, value: AttributeValue) async {
        let error = await failure(of: setting(value, byUpdate: isUpdate))
        let told =
            isUpdate
            ? "The update expression attempted to update the secondary index key to unsupported type"
            : "One or more parameter values were invalid: Type mismatch for Index Key GSI1PK Expected: S Actual: \(value.type.rawValue) IndexName: GSI1"
        #expect(error?.code == .transactionCanceledException)
        #expect(error?.cancellationReasons == [CancellationReason(code: "ValidationError", message: told)])
        await engine.close()
    }

    @Test(arguments: [false, true])
    func emptyIndexKeysRefuse(isUpdate: Bool) async {
        let error = await failure(of: setting("", byUpdate: isUpdate))
        let told =
            isUpdate
            ? "The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value."
            : "A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: GSI1, IndexKey: GSI1PK"
        #expect(error?.code == .validationException)
        #expect(error?.message == "One or more parameter values are not valid. \(told)")
        await engine.close()
    }

    private func setting(_ value: AttributeValue, byUpdate isUpdate: Bool) -> TransactWriteItem {
        let key: Item = ["PK": "p", "SK": "s"]
        guard isUpdate else {
            return .put(Put(tableName: EventTable.name, item: key.merging(["GSI1PK": value, "GSI1SK": "x"]) { $1 }))
        }
        return .update(
            Update(
                tableName: EventTable.name, key: key, updateExpression: "SET GSI1PK = :v",
                expressionAttributeValues: [":v": value]))
    }
}
