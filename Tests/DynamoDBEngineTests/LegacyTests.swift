import DynamoDB
import DynamoDBEngine
import Testing

/// The parameters that expressions have replaced.
@Suite struct LegacyTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(EventTable.definition)
        for number in 0..<5 {
            _ = try await engine.putItem(
                PutItemInput(
                    tableName: EventTable.name,
                    item: key("s\(number)").merging(["n": .number(number), "t": .stringSet(["a", "t\(number)"])]) { $1 }
                ))
        }
    }

    private func key(_ sort: String) -> Item { ["PK": .string("p"), "SK": .string(sort)] }

    private func condition(_ comparison: ComparisonOperator, _ values: AttributeValue...) -> Condition {
        Condition(comparisonOperator: comparison, attributeValueList: values.isEmpty ? nil : values)
    }

    private func numbers(_ items: [Item]?) -> [Int] {
        (items ?? []).compactMap { $0["n"]?.int }.sorted()
    }

    @Test func filtersSelect() async throws {
        let cases: [(String, Condition, [Int])] = [
            ("n", condition(.equal, .number(2)), [2]), ("n", condition(.notEqual, .number(2)), [0, 1, 3, 4]),
            ("n", condition(.less, .number(2)), [0, 1]), ("n", condition(.lessOrEqual, .number(2)), [0, 1, 2]),
            ("n", condition(.greater, .number(2)), [3, 4]), ("n", condition(.greaterOrEqual, .number(2)), [2, 3, 4]),
            ("n", condition(.between, .number(1), .number(3)), [1, 2, 3]),
            ("n", condition(.in, .number(0), .number(4), .number(9)), [0, 4]),
            ("t", condition(.contains, .string("t3")), [3]),
            ("t", condition(.notContains, .string("t3")), [0, 1, 2, 4]),
            ("absent", condition(.notContains, .string("x")), []),
            ("absent", condition(.notEqual, .number(1)), [0, 1, 2, 3, 4]),
            ("absent", condition(.null), [0, 1, 2, 3, 4]), ("n", condition(.notNull), [0, 1, 2, 3, 4]),
            ("SK", condition(.beginsWith, .string("s4")), [4]),
        ]
        for (name, condition, expected) in cases {
            let found = try await engine.scan(ScanInput(tableName: EventTable.name, scanFilter: [name: condition]))
            #expect(numbers(found.items) == expected, "\(name) \(condition.comparisonOperator)")
        }
        let either = try await engine.scan(
            ScanInput(
                tableName: EventTable.name, attributesToGet: ["n"],
                scanFilter: ["n": condition(.equal, .number(1)), "t": condition(.contains, .string("t2"))],
                conditionalOperator: .or))
        #expect(either.items?.allSatisfy { $0.count == 1 } == true)
        #expect(numbers(either.items) == [1, 2])
        await engine.close()
    }

    @Test func queriesByKeyConditions() async throws {
        let page = try await engine.query(
            QueryInput(
                tableName: EventTable.name,
                keyConditions: [
                    "PK": condition(.equal, .string("p")), "SK": condition(.between, .string("s1"), .string("s3")),
                ],
                queryFilter: ["n": condition(.notEqual, .number(2))]))
        #expect(numbers(page.items) == [1, 3])
        #expect(page.scannedCount == 3)
        await expect(.validationException, "Attempted conditional constraint is not an indexable operation") {
            try await engine.query(
                QueryInput(tableName: EventTable.name, keyConditions: ["PK": condition(.notEqual, .string("p"))]))
        }
        await expect(
            .validationException,
            "QueryFilter can only contain non-primary key attributes: Primary key attribute: SK"
        ) {
            try await engine.query(
                QueryInput(
                    tableName: EventTable.name, keyConditions: ["PK": condition(.equal, .string("p"))],
                    queryFilter: ["SK": condition(.equal, .string("s"))]))
        }
        await engine.close()
    }

    @Test func expectationsGuardWrites() async throws {
        var put = PutItemInput(tableName: EventTable.name, item: key("s0"))
        put.expected = ["PK": ExpectedAttributeValue(exists: false)]
        #expect(await failure { try await engine.putItem(put) }?.code == .conditionalCheckFailedException)
        put.expected = ["n": ExpectedAttributeValue(value: .number(0))]
        _ = try await engine.putItem(put)
        #expect(await failure { try await engine.putItem(put) }?.code == .conditionalCheckFailedException)
        var delete = DeleteItemInput(tableName: EventTable.name, key: key("s1"))
        delete.expected = [
            "n": ExpectedAttributeValue(comparisonOperator: .greater, attributeValueList: [.number(5)]),
            "t": ExpectedAttributeValue(comparisonOperator: .notNull),
        ]
        #expect(await failure { try await engine.deleteItem(delete) }?.code == .conditionalCheckFailedException)
        delete.conditionalOperator = .or
        _ = try await engine.deleteItem(delete)
        await engine.close()
    }

    @Test func attributeUpdatesApply() async throws {
        let output = try await engine.updateItem(
            UpdateItemInput(
                tableName: EventTable.name, key: key("s3"), returnValues: .allNew,
                attributeUpdates: [
                    "n": AttributeValueUpdate(value: .number(4), action: .add),
                    "t": AttributeValueUpdate(value: .stringSet(["a"]), action: .delete),
                    "a.b": AttributeValueUpdate(value: .string("x")),
                    "l": AttributeValueUpdate(value: .list([.null]), action: .add),
                    "absent": AttributeValueUpdate(action: .delete),
                ]))
        #expect(
            output.attributes
                == key("s3").merging([
                    "n": .number(7), "t": .stringSet(["t3"]), "a.b": .string("x"), "l": .list([.null]),
                ]) { $1 })
        let remove = UpdateItemInput(
            tableName: EventTable.name, key: key("none"), attributeUpdates: ["n": AttributeValueUpdate(action: .delete)]
        )
        _ = try await engine.updateItem(remove)
        #expect(try await engine.getItem(GetItemInput(tableName: EventTable.name, key: key("none"))).item == nil)
        await engine.close()
    }

    @Test func attributeUpdatesFitTheItem() async throws {
        let misfits: [(String, AttributeValueUpdate, String)] = [
            (
                "n", AttributeValueUpdate(value: .stringSet(["a"]), action: .delete),
                "Type mismatch for attribute to update"
            ),
            ("t", AttributeValueUpdate(value: .number(1), action: .add), "Type mismatch for attribute to update"),
            (
                "n", AttributeValueUpdate(value: .list([.null]), action: .add), "Type mismatch for attribute to update"
            ),
            (
                "GSI1SK", AttributeValueUpdate(value: .null),
                "One or more parameter values were invalid: Type mismatch for Index Key GSI1SK Expected: S Actual: NULL "
                    + "IndexName: GSI1"
            ),
            (
                "GSI1SK", AttributeValueUpdate(value: .string("")),
                "One or more parameter values are not valid. A value specified for a secondary index key is not "
                    + "supported. The AttributeValue for a key attribute cannot contain an empty string value. "
                    + "IndexName: GSI1, IndexKey: GSI1SK"
            ),
        ]
        for (name, update, message) in misfits {
            await expect(.validationException, message) {
                try await engine.updateItem(
                    UpdateItemInput(tableName: EventTable.name, key: key("s1"), attributeUpdates: [name: update]))
            }
        }
        await engine.close()
    }

    @Test func keyConditionsStandBesideOtherExpressions() async throws {
        var input = QueryInput(
            tableName: EventTable.name, projectionExpression: "n", filterExpression: "n > :two",
            expressionAttributeValues: [":two": .number(2)],
            keyConditions: ["PK": condition(.equal, .string("p"))])
        #expect(try await engine.query(input).items == [["n": .number(3)], ["n": .number(4)]])
        input.keyConditionExpression = "PK = :two"
        await expect(
            .validationException,
            "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
                + "{KeyConditions} Expression parameters: {ProjectionExpression, FilterExpression, KeyConditionExpression}"
        ) { try await engine.query(input) }
        input.keyConditionExpression = nil
        input.queryFilter = ["n": condition(.equal, .number(1))]
        await expect(
            .validationException,
            "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
                + "{QueryFilter} Expression parameters: {ProjectionExpression, FilterExpression}"
        ) { try await engine.query(input) }
        await engine.close()
    }

    @Test(arguments: [(Select.count, "only the Count"), (.allAttributes, "ALL_ATTRIBUTES")])
    func attributesToGetNeedTheirSelect(select: Select, choice: String) async throws {
        let message = "Cannot specify the AttributesToGet when choosing to get \(choice)"
        await expect(.validationException, message) {
            try await engine.scan(ScanInput(tableName: EventTable.name, select: select, attributesToGet: ["n"]))
        }
        await expect(.validationException, message) {
            try await engine.query(
                QueryInput(
                    tableName: EventTable.name, select: select, attributesToGet: ["n"],
                    keyConditions: ["PK": condition(.equal, .string("p"))]))
        }
        await engine.close()
    }

    @Test func badParametersAreRefused() async throws {
        let invalid = "One or more parameter values were invalid: "
        let filters: [(Condition, String)] = [
            (
                condition(.between, .number(1)),
                invalid + "Invalid number of argument(s) for the BETWEEN ComparisonOperator"
            ),
            (condition(.null, .number(1)), invalid + "Invalid number of argument(s) for the NULL ComparisonOperator"),
            (
                condition(.less, .bool(true)),
                invalid + "ComparisonOperator LT is not valid for BOOL AttributeValue type"
            ),
            (
                condition(.in, .number(1), .string("x")),
                invalid + "AttributeValues inside AttributeValueList must be of same type"
            ),
            (
                condition(.between, .number(2), .number(1)),
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"
            ),
        ]
        for (filter, message) in filters {
            await expect(.validationException, message) {
                try await engine.scan(ScanInput(tableName: EventTable.name, scanFilter: ["n": filter]))
            }
        }
        let updates: [(AttributeValueUpdate, String)] = [
            (AttributeValueUpdate(), invalid + "Only DELETE action is allowed when no attribute value is specified"),
            (
                AttributeValueUpdate(value: .string("x"), action: .add),
                invalid + "ADD action is not supported for the type S"
            ),
            (
                AttributeValueUpdate(value: .number(1), action: .delete),
                invalid + "DELETE action with value is not supported for the type N"
            ),
        ]
        for (update, message) in updates {
            await expect(.validationException, "1 validation error detected: \(message)") {
                try await engine.updateItem(
                    UpdateItemInput(tableName: EventTable.name, key: key("s"), attributeUpdates: ["n": update]))
            }
        }
        await expect(
            .validationException,
            "1 validation error detected: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributeUpdates, Expected} Expression parameters: {UpdateExpression}"
        ) {
            try await engine.updateItem(
                UpdateItemInput(
                    tableName: EventTable.name, key: key("s"), updateExpression: "REMOVE a", attributeUpdates: [:],
                    expected: [:]))
        }
        await expect(.validationException, "ConditionalOperator cannot be used without Filter or Expected") {
            try await engine.scan(ScanInput(tableName: EventTable.name, conditionalOperator: .and))
        }
        await expect(.validationException, invalid + "Duplicate value in attribute name: a") {
            try await engine.getItem(
                GetItemInput(tableName: EventTable.name, key: key("s"), attributesToGet: ["a", "a"]))
        }
        await engine.close()
    }
}
