import DynamoDB
import Testing

/// What AWS says of keys and key conditions that do not fit, word for word (paritysuite/dynamodb-conformance, 2026).
@Suite struct KeyFaultTests {
    private static let noMatch = "The provided key element does not match the schema"
    private static let emptyString =
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk"
    private static let emptyBinary =
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty binary value. Key: pk"
    private static let invalid = "One or more parameter values were invalid: "
    private static let emptyIndexKey =
        "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty"
    private static let update = #""UpdateExpression":"SET a = :v","ExpressionAttributeValues":{":v":{"S":"x"}}"#
    private static let condition = #""ConditionExpression":"attribute_not_exists(pk)""#

    // MARK: Keys of tables

    @Test(arguments: [
        Refusal("GetItem", #"{"TableName":"hashB","Key":{"pk":{"B":""}}}"#, emptyBinary),
        Refusal("PutItem", #"{"TableName":"hashB","Item":{"pk":{"B":""}}}"#, emptyBinary),
        Refusal("UpdateItem", #"{"TableName":"hashB","Key":{"pk":{"B":""}},\#(update)}"#, emptyBinary),
        Refusal("DeleteItem", #"{"TableName":"hashB","Key":{"pk":{"B":""}}}"#, emptyBinary),
        Refusal("BatchGetItem", #"{"RequestItems":{"hashB":{"Keys":[{"pk":{"B":""}}]}}}"#, emptyBinary),
        Refusal(
            "BatchWriteItem", #"{"RequestItems":{"hashB":[{"PutRequest":{"Item":{"pk":{"B":""}}}}]}}"#, emptyBinary),
        Refusal(
            "BatchWriteItem", #"{"RequestItems":{"hashB":[{"DeleteRequest":{"Key":{"pk":{"B":""}}}}]}}"#, emptyBinary),
        Refusal(
            "TransactWriteItems", #"{"TransactItems":[{"Put":{"TableName":"hashB","Item":{"pk":{"B":""}}}}]}"#,
            emptyBinary),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Update":{"TableName":"hashB","Key":{"pk":{"B":""}},\#(update)}}]}"#,
            emptyBinary),
        Refusal(
            "TransactWriteItems", #"{"TransactItems":[{"Delete":{"TableName":"hashB","Key":{"pk":{"B":""}}}}]}"#,
            emptyBinary),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"ConditionCheck":{"TableName":"hashB","Key":{"pk":{"B":""}},\#(condition)}}]}"#,
            emptyBinary),
        Refusal(
            "TransactWriteItems", #"{"TransactItems":[{"Put":{"TableName":"hash","Item":{"pk":{"S":""}}}}]}"#,
            emptyString),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Update":{"TableName":"hash","Key":{"pk":{"S":""}},\#(update)}}]}"#,
            emptyString),
        Refusal(
            "TransactWriteItems", #"{"TransactItems":[{"Delete":{"TableName":"hash","Key":{"pk":{"S":""}}}}]}"#,
            emptyString),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"ConditionCheck":{"TableName":"hash","Key":{"pk":{"S":""}},\#(condition)}}]}"#,
            emptyString),
        Refusal("BatchWriteItem", #"{"RequestItems":{"hash":[{"PutRequest":{"Item":{"pk":{"S":""}}}}]}}"#, emptyString),
        Refusal("BatchWriteItem", #"{"RequestItems":{"hash":[{"PutRequest":{"Item":{"pk":{"N":"5"}}}}]}}"#, noMatch),
        Refusal(
            "BatchWriteItem", #"{"RequestItems":{"hash":[{"PutRequest":{"Item":{"pk":{"L":[{"S":"x"}]}}}}]}}"#, noMatch),
        Refusal("BatchWriteItem", #"{"RequestItems":{"hash":[{"PutRequest":{"Item":{"other":{"S":"x"}}}}]}}"#, noMatch),
        Refusal(
            "BatchWriteItem", #"{"RequestItems":{"hash":[{"DeleteRequest":{"Key":{"other":{"S":"x"}}}}]}}"#, noMatch),
        Refusal("GetItem", #"{"TableName":"hash","Key":{"pk":{"N":"5"}}}"#, noMatch),
        Refusal("GetItem", #"{"TableName":"composite","Key":{"pk":{"S":"a"}}}"#, noMatch),
        Refusal("DeleteItem", #"{"TableName":"composite","Key":{"pk":{"S":"a"}}}"#, noMatch),
        Refusal(
            "BatchWriteItem",
            #"{"RequestItems":{"hash":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}},{"DeleteRequest":{"Key":{"pk":{"S":"a"}}}}]}}"#,
            "Provided list of item keys contains duplicates"),
        Refusal(
            "BatchGetItem", #"{"RequestItems":{"hash":{"Keys":[{"pk":{"S":"a"}},{"pk":{"S":"a"}}]}}}"#,
            "Provided list of item keys contains duplicates"),
    ])
    func tableKeys(refusal: Refusal) async throws { try await refusal.check() }

    @Test(arguments: [
        Refusal(
            "TransactWriteItems", #"{"TransactItems":[{"Put":{"TableName":"hash","Item":{"pk":{"N":"5"}}}}]}"#,
            invalid + "Type mismatch for key pk expected: S actual: N"),
        Refusal(
            "TransactWriteItems", #"{"TransactItems":[{"Put":{"TableName":"hash","Item":{"pk":{"L":[{"S":"x"}]}}}}]}"#,
            invalid + "Type mismatch for key pk expected: S actual: L"),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Update":{"TableName":"hash","Key":{"pk":{"N":"5"}},\#(update)}}]}"#,
            noMatch),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Delete":{"TableName":"hash","Key":{"pk":{"L":[{"S":"x"}]}}}}]}"#,
            noMatch),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"ConditionCheck":{"TableName":"hash","Key":{"pk":{"N":"5"}},\#(condition)}}]}"#,
            noMatch),
        Refusal("TransactGetItems", #"{"TransactItems":[{"Get":{"TableName":"hash","Key":{}}}]}"#, noMatch),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Put":{"TableName":"composite","Item":{"pk":{"S":"a"},"sk":{"S":"b"},"ik":{"N":"5"}}}}]}"#,
            invalid + "Type mismatch for Index Key ik Expected: S Actual: N IndexName: gsi1"),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Put":{"TableName":"composite","Item":{"pk":{"S":"a"},"sk":{"S":"b"},"ik":{"L":[{"S":"x"}]}}}}]}"#,
            invalid + "Type mismatch for Index Key ik Expected: S Actual: L IndexName: gsi1"),
    ])
    func cancellations(refusal: Refusal) async throws { try await refusal.checkCancellation() }

    // MARK: Keys of indexes

    @Test(arguments: [
        Refusal(
            "BatchWriteItem",
            #"{"RequestItems":{"composite":[{"PutRequest":{"Item":{"pk":{"S":"a"},"sk":{"S":"b"},"ik":{"N":"5"}}}}]}}"#,
            invalid + "Type mismatch for Index Key ik Expected: S Actual: N IndexName: gsi1"),
        Refusal(
            "BatchWriteItem",
            #"{"RequestItems":{"composite":[{"PutRequest":{"Item":{"pk":{"S":"a"},"sk":{"S":"b"},"ik":{"L":[{"S":"x"}]}}}}]}}"#,
            invalid + "Type mismatch for Index Key ik Expected: S Actual: L IndexName: gsi1"),
        Refusal(
            "BatchWriteItem",
            #"{"RequestItems":{"composite":[{"PutRequest":{"Item":{"pk":{"S":"a"},"sk":{"S":"b"},"ik":{"S":""}}}}]}}"#,
            emptyIndexKey + " string value. IndexName: gsi1, IndexKey: ik"),
        Refusal(
            "BatchWriteItem",
            #"{"RequestItems":{"indexB":[{"PutRequest":{"Item":{"pk":{"S":"a"},"bidx":{"B":""}}}}]}}"#,
            emptyIndexKey + " binary value. IndexName: gsib, IndexKey: bidx"),
        Refusal(
            "PutItem", #"{"TableName":"indexB","Item":{"pk":{"S":"a"},"bidx":{"B":""}}}"#,
            emptyIndexKey + " binary value. IndexName: gsib, IndexKey: bidx"),
        Refusal(
            "UpdateItem",
            #"{"TableName":"indexB","Key":{"pk":{"S":"a"}},"UpdateExpression":"SET bidx = :v","ExpressionAttributeValues":{":v":{"B":""}}}"#,
            "One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty binary value."
        ),
    ])
    func indexKeys(refusal: Refusal) async throws { try await refusal.check() }

    // MARK: Conditions on keys

    private static let mismatch = invalid + "Condition parameter type does not match schema type"
    private static let operand: @Sendable (String, String) -> String = { name, type in
        "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: \(name), operand type: \(type)"
    }
    private static let query: @Sendable (String, String, String) -> String = { table, condition, values in
        #"{"TableName":"\#(table)","KeyConditionExpression":"\#(condition)","ExpressionAttributeValues":{\#(values)}}"#
    }
    private static let begins = "pk = :p AND begins_with(sk, :v)"
    private static let undefined =
        "Invalid KeyConditionExpression: An expression attribute value used in expression is not defined; attribute value: :missing"

    @Test(arguments: [
        Refusal("Query", query("composite", begins, #"":p":{"S":"q"},":v":{"N":"1"}"#), operand("begins_with", "N")),
        Refusal(
            "Query", query("composite", begins, #"":p":{"S":"q"},":v":{"BOOL":true}"#), operand("begins_with", "BOOL")),
        Refusal("Query", query("compositeN", begins, #"":p":{"S":"q"},":v":{"N":"1"}"#), operand("begins_with", "N")),
        Refusal("Query", query("compositeN", begins, #"":p":{"S":"q"},":v":{"S":"a"}"#), mismatch),
        Refusal(
            "Query", query("compositeN", "pk = :p AND sk < :v", #"":p":{"S":"q"},":v":{"BOOL":true}"#),
            operand("<", "BOOL")),
        Refusal(
            "Query", query("compositeN", "pk = :p AND :v >= sk", #"":p":{"S":"q"},":v":{"BOOL":true}"#),
            operand(">=", "BOOL")),
        Refusal(
            "Query",
            query(
                "compositeN", "pk = :p AND sk BETWEEN :a AND :b",
                #"":p":{"S":"q"},":a":{"BOOL":false},":b":{"BOOL":true}"#),
            operand("BETWEEN", "BOOL")),
        Refusal("Query", query("compositeN", "pk = :p AND sk = :v", #"":p":{"S":"q"},":v":{"BOOL":true}"#), mismatch),
        Refusal(
            "Query",
            query("compositeN", "pk = :p AND sk > :a AND sk < :b", #"":p":{"S":"q"},":a":{"N":"1"},":b":{"N":"5"}"#),
            "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key"),
        Refusal(
            "Query",
            query("compositeN", "pk = :p AND sk > :a AND extra = :b", #"":p":{"S":"q"},":a":{"N":"1"},":b":{"N":"5"}"#),
            "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)"),
        Refusal("Query", query("composite", "pk = :missing AND begins_with(sk, :n)", #"":n":{"N":"1"}"#), undefined),
        Refusal(
            "Query", query("composite", "begins_with(sk, :n) AND pk = :missing", #"":n":{"N":"1"}"#),
            operand("begins_with", "N")),
        Refusal(
            "Query", query("composite", begins + " AND sk = :missing", #"":p":{"S":"q"},":v":{"N":"1"}"#),
            operand("begins_with", "N")),
        Refusal(
            "Query", query("composite", begins + " AND sk > :s", #"":p":{"S":"q"},":v":{"N":"1"},":s":{"S":"a"}"#),
            operand("begins_with", "N")),
        Refusal("Query", query("absent", begins, #"":p":{"S":"q"},":v":{"N":"1"}"#), operand("begins_with", "N")),
        Refusal(
            "Query", query("composite", "sk = :v", #"":v":{"S":"a"}"#), "Query condition missed key schema element: pk"),
        Refusal(
            "Query", query("composite", "attr1 = :v", #"":v":{"S":"a"}"#),
            "Query condition missed key schema element: pk"),
    ])
    func keyConditions(refusal: Refusal) async throws { try await refusal.check() }

    @Test func aKeyConditionThatFitsTellsThatTheTableIsMissing() async throws {
        let body = Self.query("absent", Self.begins, #"":p":{"S":"q"},":v":{"S":"a"}"#)
        #expect(try await Refusal.fault("Query", body).code == .resourceNotFoundException)
    }

    // MARK: Transactions

    private static let unusedCheck =
        #"{"ConditionCheck":{"TableName":"hash","Key":{"pk":{"S":"c"}},\#(condition),"ExpressionAttributeValues":{":v":{"S":"x"}}}}"#
    private static let unused = "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}"
    private static let absentPut = #"{"Put":{"TableName":"absent","Item":{"pk":{"S":"a"}}}}"#

    @Test(arguments: [
        Refusal("TransactWriteItems", #"{"TransactItems":[\#(absentPut),\#(unusedCheck)]}"#, unused),
        Refusal("TransactWriteItems", #"{"TransactItems":[\#(unusedCheck),\#(absentPut)]}"#, unused),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Put":{"TableName":"hash","Item":{"pk":{"S":"c"}}}},\#(unusedCheck)]}"#, unused),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[\#(absentPut),{"ConditionCheck":{"TableName":"hash","Key":{"pk":{"S":"c"}},"ConditionExpression":"attribute_not_exists("}}]}"#,
            #"Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "(""#),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Put":{"TableName":"hash","Item":{"pk":{"S":"c"}}}},{"Put":{"TableName":"hash","Item":{"pk":{"S":"c"}}}}]}"#,
            "Transaction request cannot include multiple operations on one item"),
        Refusal(
            "TransactGetItems",
            #"{"TransactItems":[{"Get":{"TableName":"hash","Key":{"pk":{"S":"a"}},"ProjectionExpression":"!!!"}}]}"#,
            #"Invalid ProjectionExpression: Syntax error; token: "!", near: "!!""#),
    ])
    func transactions(refusal: Refusal) async throws { try await refusal.check() }
}
