import Testing

/// What AWS says of requests that it refuses before it reads or writes: word for word as it answers in ap-northeast-1, or
/// in regions that have the same front, in September and October 2026 (paritysuite/dynamodb-conformance).
@Suite struct ValidationFrontTests {
    private static let one = "1 validation error detected: "
    private static let constraint = "failed to satisfy constraint: Member must"
    private static let capacity =
        "Value 'BOGUS' at 'returnConsumedCapacity' \(constraint) satisfy enum value set: [INDEXES, TOTAL, NONE]"
    private static let metrics =
        "Value 'BOGUS' at 'returnItemCollectionMetrics' \(constraint) satisfy enum value set: [SIZE, NONE]"
    private static let returnValues =
        "Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"
    private static let olderReturnValues =
        "Value 'BOGUS' at 'returnValues' \(constraint) satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"
    private static let emptyName = one + "Value at 'TableName' \(constraint) have length greater than or equal to 1"
    private static let noName = "satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
    private static let noNames =
        "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must \(noName)]"
    private static let noKey = "Value null at 'key' \(constraint) not be null"
    private static let long = String(repeating: "a", count: 256)
    private static let item = #""TableName":"hash","Item":{"pk":{"S":"a"}}"#
    private static let key = #""TableName":"hash","Key":{"pk":{"S":"a"}}"#

    // MARK: Names of tables

    @Test(arguments: [
        Refusal("PutItem", #"{"Item":{"pk":{"S":"a"}}}"#, one + "Value null at 'tableName' \(constraint) not be null"),
        Refusal(
            "CreateTable", #"{"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"AttributeDefinitions":[]}"#,
            "The parameter 'TableName' is required but was not present in the request"),
        Refusal("PutItem", #"{"TableName":"","Item":{"pk":{"S":"a"}}}"#, emptyName),
        Refusal("PutItem", #"{"TableName":"","Item":{}}"#, emptyName),
        Refusal("PutItem", #"{"TableName":"","Item":{"pk":{"S":"a"}},"ReturnValues":"BOGUS"}"#, emptyName),
        Refusal("DeleteItem", #"{"TableName":"","Key":{}}"#, emptyName),
        Refusal("UpdateItem", #"{"TableName":"","Key":{}}"#, emptyName),
        Refusal(
            "PutItem", #"{"TableName":"\#(long)","Item":{"pk":{"S":"a"}}}"#,
            one + "Value '\(long)' at 'tableName' \(constraint) have length less than or equal to 255"),
        Refusal(
            "PutItem", #"{"TableName":"bad table!@#","Item":{"pk":{"S":"a"}}}"#,
            one + "Value 'bad table!@#' at 'tableName' \(constraint) \(noName)"),
        Refusal(
            "CreateTable",
            #"{"TableName":"ab","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}"#,
            one + "Value 'ab' at 'tableName' \(constraint) have length greater than or equal to 3"),
        Refusal(
            "BatchGetItem", #"{"RequestItems":{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}}"#,
            one
                + #"Value '{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}' at 'requestItems' failed to satisfy constraint: \#(noNames)"#
        ),
        Refusal(
            "BatchGetItem",
            #"{"RequestItems":{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}},"ReturnConsumedCapacity":"BOGUS"}"#,
            #"2 validation errors detected: Value '{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}' at 'requestItems' failed to satisfy constraint: \#(noNames); \#(capacity)"#
        ),
        Refusal(
            "BatchWriteItem",
            #"{"RequestItems":{"bad!name":[{"PutRequest":{"Item":{"pk":{"S":"x"}}}}]},"ReturnConsumedCapacity":"BOGUS"}"#,
            one + capacity),
    ])
    func tableNames(refusal: Refusal) async throws { try await refusal.check() }

    /// AWS prints the request between the two, at a length that differs between its regions.
    @Test func aBatchOfWritesNamesTheTableThatCannotBe() async throws {
        let message = try await Refusal.message(
            "BatchWriteItem", #"{"RequestItems":{"bad!name":[{"PutRequest":{"Item":{"pk":{"S":"x"}}}}]}}"#)
        #expect(
            message.hasPrefix(Self.one + "Value '{bad!name=[WriteRequest(putRequest=PutRequest(item={pk="), "\(message)"
        )
        #expect(message.hasSuffix("]}' at 'requestItems' failed to satisfy constraint: \(Self.noNames)"), "\(message)")
    }

    @Test(arguments: ["CreateTable", "UpdateItem", "DeleteItem", "Query"])
    func aNameThatCannotBeIsToldWhateverElseIsWrong(operation: String) async throws {
        let message = try await Refusal.message(
            operation, #"{"TableName":"x!","Key":{},"KeySchema":[],"AttributeDefinitions":[],"Select":"BOGUS"}"#)
        #expect(message.contains("'x!' at 'tableName'"), "\(message)")
    }

    // MARK: Names of enumerations

    @Test(arguments: [
        Refusal(
            "PutItem",
            #"{\#(item),"ReturnConsumedCapacity":"BOGUS","ReturnItemCollectionMetrics":"BOGUS","ReturnValues":"BOGUS"}"#,
            "3 validation errors detected: \(capacity); \(returnValues); \(metrics)"),
        Refusal(
            "DeleteItem", #"{\#(key),"ReturnValues":"BOGUS","ReturnConsumedCapacity":"BOGUS"}"#,
            "2 validation errors detected: \(capacity); \(returnValues)"),
        Refusal(
            "UpdateItem", #"{\#(key),"ReturnConsumedCapacity":"BOGUS","ReturnValues":"BOGUS"}"#, one + returnValues),
        Refusal("UpdateItem", #"{\#(key),"ReturnConsumedCapacity":"BOGUS"}"#, one + capacity),
        Refusal(
            "UpdateItem",
            #"{"TableName":"","UpdateExpression":"SET a = :a","ExpressionAttributeValues":{":a":{"S":"x"}}}"#,
            "2 validation errors detected: Value '' at 'tableName' \(constraint) have length greater than or equal to 1; \(noKey)"
        ),
        Refusal(
            "UpdateItem",
            #"{"TableName":"","UpdateExpression":"SET a = :a","ExpressionAttributeValues":{":a":{"S":"x"}},"ReturnConsumedCapacity":"BOGUS","ReturnValues":"BOGUS"}"#,
            "4 validation errors detected: \(capacity); Value '' at 'tableName' \(constraint) have length greater than or equal to 1; \(olderReturnValues); \(noKey)"
        ),
        Refusal(
            "UpdateItem",
            #"{"TableName":"absent","AttributeUpdates":{"x":{"Action":"PUT","Value":{"S":"1"}}},"Expected":{"a":{"Exists":false},"b":{"Exists":false}},"ConditionalOperator":"XOR"}"#,
            "2 validation errors detected: Value 'XOR' at 'conditionalOperator' \(constraint) satisfy enum value set: [OR, AND]; \(noKey)"
        ),
        Refusal(
            "Query",
            #"{"TableName":"absent","KeyConditions":{"pk":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"a"}]}},"QueryFilter":{"b":{"ComparisonOperator":"NULL"},"c":{"ComparisonOperator":"NULL"}},"ConditionalOperator":"XOR","Select":"BOGUS"}"#,
            "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"),
        Refusal(
            "BatchWriteItem",
            #"{"RequestItems":{"absent":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}}]},"ReturnItemCollectionMetrics":"BOGUS","ReturnConsumedCapacity":"BOGUS"}"#,
            "2 validation errors detected: \(capacity); \(metrics)"),
        Refusal(
            "BatchGetItem",
            #"{"RequestItems":{"absent":{"Keys":[{"pk":{"S":"a"}}]}},"ReturnConsumedCapacity":"BOGUS"}"#,
            one + capacity),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Put":{\#(item)}},{"Delete":{\#(key)}}],"ReturnConsumedCapacity":"BOGUS","ReturnItemCollectionMetrics":"BOGUS"}"#,
            "2 validation errors detected: \(capacity); \(metrics)"),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Put":{\#(item)}}],"ReturnConsumedCapacity":"BOGUS","ClientRequestToken":"\#(long.prefix(37))"}"#,
            "2 validation errors detected: Value '\(long.prefix(37))' at 'clientRequestToken' \(constraint) have length less than or equal to 36; \(capacity)"
        ),
        Refusal(
            "TransactGetItems",
            #"{"TransactItems":[{"Get":{\#(key)}},{"Get":{\#(key)}}],"ReturnConsumedCapacity":"BOGUS"}"#,
            one + capacity),
        Refusal(
            "CreateTable",
            #"{"TableName":"abc","BillingMode":"BOGUS","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}"#,
            one + "Value 'BOGUS' at 'billingMode' \(constraint) satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]"),
        Refusal(
            "CreateTable",
            #"{"TableName":"abc","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"BOGUS"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}"#,
            one + "Value 'BOGUS' at 'keySchema.1.member.keyType' \(constraint) satisfy enum value set: [HASH, RANGE]"),
        Refusal(
            "CreateTable",
            #"{"TableName":"abc","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"BOGUS"}]}"#,
            one
                + "Value 'BOGUS' at 'attributeDefinitions.1.member.attributeType' \(constraint) satisfy enum value set: [B, N, S]"
        ),
        Refusal(
            "Query", #"{"TableName":"hash","Select":"BOGUS"}"#,
            one
                + "Value 'BOGUS' at 'select' \(constraint) satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]"
        ),
        Refusal("PutItem", #"{\#(item),"ReturnValues":"ALL_NEW"}"#, one + "ReturnValues can only be ALL_OLD or NONE"),
        Refusal(
            "DeleteItem", #"{\#(key),"ReturnValues":"UPDATED_NEW"}"#, one + "ReturnValues can only be ALL_OLD or NONE"),
    ])
    func enumerations(refusal: Refusal) async throws { try await refusal.check() }

    // MARK: Lengths and numbers

    private static let indexes: @Sendable (String) -> String = { lists in
        #"{"TableName":"abc","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}],\#(lists)}"#
    }
    private static let index: @Sendable (String) -> String = { name in
        #"[{"IndexName":"\#(name)","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]"#
    }

    @Test(arguments: [
        Refusal(
            "BatchGetItem", #"{"RequestItems":{}}"#,
            one + "Value at 'RequestItems' \(constraint) have length greater than or equal to 1"),
        Refusal("BatchWriteItem", #"{"RequestItems":{}}"#, "The requestItems parameter is required for BatchWriteItem"),
        Refusal(
            "BatchGetItem", #"{"RequestItems":{"hash":{"Keys":[]}}}"#,
            one + "Value at 'RequestItems.hash.member.Keys' \(constraint) have length greater than or equal to 1"),
        Refusal(
            "BatchGetItem",
            #"{"RequestItems":{"hash":{"Keys":[\#(repeatElement(#"{"pk":{"S":"a"}}"#, count: 101).joined(separator: ","))]}}}"#,
            one + "Value at 'RequestItems.hash.member.Keys' \(constraint) have length less than or equal to 100"),
        Refusal(
            "BatchWriteItem", #"{"RequestItems":{"hash":[]}}"#,
            one
                + "Value '{hash=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]"
        ),
        Refusal(
            "TransactWriteItems", #"{"TransactItems":[]}"#,
            one + "Value '[]' at 'transactItems' \(constraint) have length greater than or equal to 1"),
        Refusal(
            "TransactGetItems", #"{"TransactItems":[]}"#,
            one + "Value '[]' at 'transactItems' \(constraint) have length greater than or equal to 1"),
        Refusal(
            "Query", #"{"TableName":"hash","Limit":0}"#,
            one + "Value at 'Limit' \(constraint) have value greater than or equal to 1"),
        Refusal(
            "Scan", #"{"TableName":"hash","Limit":0}"#,
            one + "Value '0' at 'limit' \(constraint) have value greater than or equal to 1"),
        Refusal(
            "Scan", #"{"TableName":"hash","Segment":-1,"TotalSegments":4}"#,
            one + "Value '-1' at 'segment' \(constraint) have value greater than or equal to 0"),
        Refusal(
            "CreateTable",
            #"{"TableName":"abc","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"},{"AttributeName":"extra","KeyType":"RANGE"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}"#,
            one
                + "Value '[KeySchemaElement(attributeName=pk, keyType=HASH), KeySchemaElement(attributeName=sk, keyType=RANGE), KeySchemaElement(attributeName=extra, keyType=RANGE)]' at 'keySchema' \(constraint) have length less than or equal to 2"
        ),
        Refusal(
            "CreateTable",
            indexes(#""LocalSecondaryIndexes":\#(index("l1")),"GlobalSecondaryIndexes":\#(index("g1"))"#),
            "2 validation errors detected: Value 'g1' at 'globalSecondaryIndexes.1.member.indexName' \(constraint) have length greater than or equal to 3; Value 'l1' at 'localSecondaryIndexes.1.member.indexName' \(constraint) have length greater than or equal to 3"
        ),
    ])
    func bounds(refusal: Refusal) async throws { try await refusal.check() }

    @Test(arguments: [("TransactWriteItems", "Delete"), ("TransactGetItems", "Get")])
    func tooManyActions(operation: String, action: String) async throws {
        let actions = repeatElement(#"{"\#(action)":{\#(Self.key)}}"#, count: 101).joined(separator: ",")
        let message = try await Refusal.message(operation, #"{"TransactItems":[\#(actions)]}"#)
        #expect(message.hasPrefix(Self.one + "Value '["), "\(message)")
        #expect(
            message.hasSuffix("]' at 'transactItems' \(Self.constraint) have length less than or equal to 100"),
            "\(message)")
    }

    // MARK: Parameters and expressions

    private static let invalid = one + "One or more parameter values were invalid: "

    @Test(arguments: [
        Refusal(
            "PutItem",
            #"{\#(item),"Expected":{"pk":{"Exists":false}},"ConditionExpression":"attribute_not_exists(pk)"}"#,
            one
                + "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}"
        ),
        Refusal(
            "PutItem", #"{\#(item),"ExpressionAttributeValues":{":v":{"S":"x"}}}"#,
            one + "ExpressionAttributeValues can only be specified when using expressions"),
        Refusal(
            "PutItem", ##"{\##(item),"ExpressionAttributeNames":{"#a":"a"}}"##,
            one + "ExpressionAttributeNames can only be specified when using expressions"),
        Refusal(
            "PutItem", #"{\#(item),"ConditionExpression":""}"#,
            one + "Invalid ConditionExpression: The expression can not be empty;"),
        Refusal(
            "PutItem", #"{\#(item),"ConditionExpression":"((attribute_not_exists(pk)))"}"#,
            one + "Invalid ConditionExpression: The expression has redundant parentheses;"),
        Refusal(
            "PutItem",
            ##"{\##(item),"ConditionExpression":"contains(#a, #a)","ExpressionAttributeNames":{"#a":"data"}}"##,
            one
                + "Invalid ConditionExpression: The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [data]"
        ),
        Refusal(
            "PutItem", #"{\#(item),"Expected":{"a":{"Exists":true}}}"#,
            invalid + "Value must be provided when Exists is true for Attribute: a"),
        Refusal(
            "PutItem", #"{\#(item),"Expected":{"a":{"ComparisonOperator":"EQ"}}}"#,
            invalid + "Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a"),
        Refusal(
            "DeleteItem", ##"{\##(key),"Expected":{"a":{"Exists":false}},"ExpressionAttributeNames":{"#a":"a"}}"##,
            one + "ExpressionAttributeNames can only be specified when using expressions"),
        Refusal(
            "DeleteItem", #"{\#(key),"ConditionExpression":"attribute_exists(a)","ExpressionAttributeValues":{}}"#,
            one + "ExpressionAttributeValues must not be empty"),
        Refusal(
            "DeleteItem", #"{\#(key),"ConditionExpression":"attribute_exists(a)","ExpressionAttributeNames":{}}"#,
            one + "ExpressionAttributeNames must not be empty"),
        Refusal(
            "DeleteItem", #"{\#(key),"Expected":{"a":{"Exists":false,"Value":{"S":"x"}}}}"#,
            invalid + "Value cannot be used when Exists is false for Attribute: a"),
        Refusal(
            "DeleteItem",
            #"{\#(key),"Expected":{"a":{"Value":{"S":"x"},"ComparisonOperator":"EQ","AttributeValueList":[{"S":"x"}]}}}"#,
            invalid + "Value and AttributeValueList cannot be used together for Attribute: a"),
        Refusal(
            "DeleteItem",
            #"{\#(key),"Expected":{"a":{"ComparisonOperator":"BETWEEN","AttributeValueList":[{"S":"x"}]}}}"#,
            invalid + "Invalid number of argument(s) for the BETWEEN ComparisonOperator"),
        Refusal(
            "UpdateItem",
            #"{\#(key),"UpdateExpression":"INVALID SYNTAX HERE","ExpressionAttributeValues":{":v":{"S":"x"}}}"#,
            one + #"Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX""#),
        Refusal(
            "UpdateItem",
            ##"{\##(key),"UpdateExpression":"SET b = :v","ExpressionAttributeValues":{":v":{"S":"x"}},"ExpressionAttributeNames":{"#unused":"a"}}"##,
            one + "Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}"),
        Refusal(
            "UpdateItem",
            #"{\#(key),"UpdateExpression":"SET b = :v","ExpressionAttributeValues":{":v":{"S":"x"},":unused":{"S":"y"}}}"#,
            one + "Value provided in ExpressionAttributeValues unused in expressions: keys: {:unused}"),
        Refusal(
            "UpdateItem", #"{\#(key),"UpdateExpression":"SET b = :v"}"#,
            one
                + "Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :v"
        ),
        Refusal(
            "UpdateItem",
            #"{\#(key),"UpdateExpression":"SET b = :w","ConditionExpression":"a = :v","ExpressionAttributeValues":{":w":{"S":"x"}}}"#,
            one
                + "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :v"
        ),
        Refusal(
            "UpdateItem",
            #"{\#(key),"UpdateExpression":"SET b = :v","ExpressionAttributeValues":{":v":{"S":"x"}},"AttributeUpdates":{"b":{"Value":{"S":"x"},"Action":"PUT"}}}"#,
            one
                + "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributeUpdates} Expression parameters: {UpdateExpression}"
        ),
        Refusal(
            "UpdateItem", #"{\#(key),"UpdateExpression":""}"#,
            one + "Invalid UpdateExpression: The expression can not be empty;"),
        Refusal(
            "Query",
            #"{"TableName":"hash","KeyConditionExpression":"pk = :v","ExpressionAttributeValues":{":v":{"S":"a"}},"Select":"SPECIFIC_ATTRIBUTES"}"#,
            one + "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"),
        Refusal(
            "Scan", #"{"TableName":"hash","Select":"SPECIFIC_ATTRIBUTES"}"#,
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"),
        Refusal(
            "Query",
            #"{"TableName":"hash","KeyConditionExpression":"","ExpressionAttributeValues":{":v":{"S":"a"}}}"#,
            "Invalid KeyConditionExpression: The expression can not be empty;"),
        Refusal(
            "Query",
            #"{"TableName":"hash","KeyConditionExpression":"pk = :v","ExpressionAttributeValues":{":v":{"S":"a"}},"ExclusiveStartKey":{"bad":{"S":"p"}}}"#,
            "The provided starting key is invalid"),
        Refusal(
            "Scan", #"{"TableName":"hash","ExclusiveStartKey":{"bad":{"S":"p"}}}"#,
            "The provided starting key is invalid: The provided key element does not match the schema"),
        Refusal(
            "Scan", #"{"TableName":"hash","Segment":5,"TotalSegments":5}"#,
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5"
        ),
        Refusal(
            "Scan", #"{"TableName":"hash","Segment":0}"#,
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is present"
        ),
        Refusal(
            "Scan", #"{"TableName":"hash","TotalSegments":4}"#,
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is present"
        ),
        // What needs the table is told without.
        Refusal(
            "UpdateItem", #"{\#(key),"UpdateExpression":"SET pk = :v","ExpressionAttributeValues":{":v":{"S":"x"}}}"#,
            "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key"),
        Refusal(
            "DeleteItem", #"{"TableName":"hash","Key":{"pk":{"S":""}}}"#,
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk"
        ),
        Refusal(
            "GetItem", #"{"TableName":"hash","Key":{"pk":{"S":"a"}},"ProjectionExpression":"a, a"}"#,
            "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]"
        ),
    ])
    func parameters(refusal: Refusal) async throws { try await refusal.check() }

    // MARK: Values

    private static let deep: @Sendable (Int) -> String = { levels in
        String(repeating: #"{"M":{"n":"#, count: levels) + #"{"S":"leaf"}"# + String(repeating: "}}", count: levels)
    }
    private static let nesting =
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
    private static let notNumeric = "The parameter cannot be converted to a numeric value"

    @Test(arguments: [
        Refusal(
            "PutItem", #"{"TableName":"hash","Item":{"pk":{"S":"a"},"b":{"SS":[]}}}"#,
            invalid + "An string set  may not be empty"),
        Refusal(
            "PutItem", #"{"TableName":"hash","Item":{"pk":{"S":"a"},"b":{"NS":[]}}}"#,
            invalid + "An number set  may not be empty"),
        Refusal(
            "PutItem", #"{"TableName":"hash","Item":{"pk":{"S":"a"},"b":{"BS":[]}}}"#,
            invalid + "Binary sets should not be empty"),
        Refusal("PutItem", #"{"TableName":"hash","Item":{"pk":{"S":"a"},"b":{"NS":[""]}}}"#, one + notNumeric + ": "),
        Refusal(
            "PutItem", #"{"TableName":"hash","Item":{"pk":{"S":"a"},"b":{"SS":["a","a"]}}}"#,
            invalid + #"Input collection ["a", "a"] contains duplicates."#),
        Refusal(
            "PutItem", #"{"TableName":"hash","Item":{"pk":{"S":"a"},"b":{"NULL":false}}}"#,
            invalid + "Null attribute value types must have the value of true"),
        Refusal("PutItem", #"{\#(item),"Expected":{"n":{"Value":{"N":"abc"}}}}"#, one + notNumeric + ": abc"),
        Refusal(
            "UpdateItem", #"{\#(key),"AttributeUpdates":{"n":{"Action":"PUT","Value":{"N":" 1"}}}}"#,
            one + notNumeric + ":  1"),
        Refusal("DeleteItem", #"{"TableName":"hash","Key":{"pk":{"N":"abc"}}}"#, one + notNumeric + ": abc"),
        Refusal("GetItem", #"{"TableName":"hash","Key":{"pk":{"N":"abc"}}}"#, notNumeric + ": abc"),
        Refusal("GetItem", #"{"TableName":"hash","Key":{"pk":{"N":""}}}"#, notNumeric + ": "),
        Refusal("BatchGetItem", #"{"RequestItems":{"hash":{"Keys":[{"pk":{"N":""}}]}}}"#, notNumeric + ": "),
        Refusal(
            "Query",
            #"{"TableName":"hash","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"N":"abc"}}}"#,
            notNumeric + ": abc"),
        Refusal(
            "BatchWriteItem", #"{"RequestItems":{"hash":[{"PutRequest":{"Item":{"pk":{"S":"a"},"n":{"N":""}}}}]}}"#,
            notNumeric),
        Refusal(
            "TransactWriteItems",
            #"{"TransactItems":[{"Update":{\#(key),"UpdateExpression":"SET n = :v","ExpressionAttributeValues":{":v":{"N":"abc"}}}}]}"#,
            "ExpressionAttributeValues contains invalid value: \(notNumeric): abc for key :v"),
        Refusal(
            "TransactGetItems", #"{"TransactItems":[{"Get":{"TableName":"hash","Key":{"pk":{"SS":["b","a","b"]}}}}]}"#,
            "One or more parameter values were invalid: Input collection [b, a, b] contains duplicates."),
        Refusal(
            "UpdateItem",
            ##"{\##(key),"UpdateExpression":"SET touched = :t","ConditionExpression":"#d = :d","ExpressionAttributeNames":{"#d":"data"},"ExpressionAttributeValues":{":t":{"S":"y"},":d":\##(deep(32))}}"##,
            one + nesting),
    ])
    func values(refusal: Refusal) async throws { try await refusal.check() }

    /// Of values in more than 62 levels AWS's older front speaks, in operations that have the newer one.
    @Test(arguments: [
        Refusal(
            "PutItem",
            #"{\#(item),"Expected":{"a":{"Value":\#(deep(100))},"b":{"Exists":false}},"ConditionalOperator":"XOR"}"#,
            one + "Value 'XOR' at 'conditionalOperator' \(constraint) satisfy enum value set: [OR, AND]"),
        Refusal(
            "PutItem",
            #"{\#(item),"Expected":{"a":{"Value":\#(deep(40))},"b":{"Exists":false}},"ConditionalOperator":"XOR"}"#,
            one + "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"),
        Refusal(
            "DeleteItem",
            #"{\#(key),"ConditionExpression":"d = :d","ExpressionAttributeValues":{":d":\#(deep(63))},"ReturnValues":"BOGUS"}"#,
            one + olderReturnValues),
        Refusal(
            "DeleteItem", #"{"TableName":"hash","Key":{"pk":\#(deep(100))},"ReturnValues":"BOGUS"}"#,
            one + olderReturnValues),
    ])
    func veryDeepValues(refusal: Refusal) async throws { try await refusal.check() }
}
