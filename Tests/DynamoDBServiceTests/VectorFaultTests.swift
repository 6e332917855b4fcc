import Testing

/// What AWS says of vector indexes, vectors and searches that cannot be: word for word as it answered in August 2026
/// (paritysuite/dynamodb-conformance, and what other engines captured).
@Suite struct VectorFaultTests {
    private static let invalid = "One or more parameter values were invalid"

    private static func table(_ indexes: String, _ billing: String = #""BillingMode":"PAY_PER_REQUEST""#) -> String {
        #"{"TableName":"new","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],\#(billing),"VectorIndexes":[\#(indexes)]}"#
    }

    private static func index(
        _ name: String = "vix", dimensions: Int = 3, attribute: String = "embedding", _ more: String = ""
    ) -> String {
        #"{"IndexName":"\#(name)","VectorAttribute":{"AttributeName":"\#(attribute)"},"Dimensions":\#(dimensions),"DistanceFunction":"COSINE","Projection":{"ProjectionType":"KEYS_ONLY"}\#(more)}"#
    }

    @Test(arguments: [
        Refusal(
            "CreateTable",
            table(index(), #""ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}"#),
            "\(invalid): Vector indexes are only supported for PAY_PER_REQUEST tables"),
        Refusal(
            "CreateTable",
            table(index("vix", #","SearchSchema":[{"AttributeName":"tenant","SearchSchemaElementType":"HASH"}]"#)),
            "\(invalid): One element in SearchSchema is not defined in attribute definitions"),
        Refusal(
            "CreateTable", table(index(dimensions: 4097)),
            "\(invalid): Number of dimensions must be between 1 and 4096 inclusive."),
        Refusal(
            "CreateTable", table((0..<6).map { index("vix-\($0)") }.joined(separator: ",")),
            "\(invalid): VectorIndex count exceeds the per-table limit of 5"),
        Refusal(
            "CreateTable", table(index() + "," + index("vix2", dimensions: 4)),
            "\(invalid): Conflicting attribute definition for 'embedding'. All VectorIndexes on the same vector attribute must use the same dimensions."
        ),
        Refusal(
            "CreateTable", table(index(attribute: "pk")),
            "\(invalid): Conflicting attribute definition for 'pk'. An attribute cannot be defined in AttributeDefinitions when used as a VectorAttribute."
        ),
        Refusal(
            "UpdateTable",
            #"{"TableName":"vectors","BillingMode":"PROVISIONED","ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}}"#,
            "\(invalid): Vector indexes are only supported for PAY_PER_REQUEST tables"),
        Refusal(
            "UpdateTable",
            #"{"TableName":"vectors","VectorIndexUpdates":[{"Create":\#(index("vix", #","SearchSchema":[{"AttributeName":"tenant","SearchSchemaElementType":"HASH"}]"#))}]}"#,
            "\(invalid): One element in SearchSchema is not defined in attribute definitions"),
    ])
    func indexes(refusal: Refusal) async throws { try await refusal.check() }

    @Test(arguments: [
        (index(dimensions: 0), "greater than or equal to 1"), (index("ab"), "length greater than or equal to 3"),
    ])
    func membersOfAnIndexHaveBounds(index: String, told: String) async throws {
        let message = try await Refusal.message("CreateTable", Self.table(index))
        #expect(message.contains(told), "\(message)")
    }

    private static func put(_ embedding: String, tenant: String = "t1") -> String {
        #"{"TableName":"vectors","Item":{"pk":{"S":"a"},"tenant":{"S":"\#(tenant)"},"embedding":\#(embedding)}}"#
    }

    @Test(arguments: [
        Refusal(
            "PutItem", put(#"{"L":[{"N":"1"},{"N":"0"}]}"#),
            "\(invalid). Invalid size for parameter embedding, Expected: 3, Actual: 2 IndexName: plain"),
        Refusal(
            "PutItem", put(#"{"L":[{"N":"1"},{"S":"oops"},{"N":"0"}]}"#),
            "\(invalid). Invalid type for parameter embedding[1], Expected: 32-bit floating point number, Actual: S. IndexName: plain"
        ),
        Refusal(
            "PutItem", put(#"{"S":"not-a-vector"}"#),
            "\(invalid). Invalid type for parameter embedding, Expected: 32-bit floating point number list IndexName: plain"
        ),
        Refusal(
            "PutItem", put(#"{"L":[{"N":"0"},{"N":"0"},{"N":"1"}]}"#, tenant: ""),
            "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: schema, IndexKey: tenant"
        ),
    ])
    func vectors(refusal: Refusal) async throws { try await refusal.check() }

    private static func search(
        _ index: String = "plain", vector: String = #"{"N":"1"},{"N":"0"},{"N":"0"}"#, top: Int = 1,
        _ condition: String? = nil, _ values: String = ""
    ) -> String {
        let condition = condition.map {
            #","SearchConditionExpression":"\#($0)","ExpressionAttributeValues":{\#(values)}"#
        }
        return
            #"{"TableName":"vectors","IndexName":"\#(index)","SearchVector":[\#(vector)],"TopK":\#(top)\#(condition ?? "")}"#
    }

    private static let comparator =
        "Invalid SearchConditionExpression: Invalid comparator used in SearchConditionExpression"
    private static let values =
        "Search vector contains invalid values. All values in the search vector must be a 32-bit floating-point number attribute"

    @Test(arguments: [
        Refusal(
            "SearchVectors", search(top: 101),
            "Provided TopK value '101' is out of valid range. The value must be between 1 and 100 inclusive"),
        Refusal(
            "SearchVectors", search("schema"),
            "SearchConditionExpression must be provided when SearchSchema has a HASH key"),
        Refusal(
            "SearchVectors", search("schema", "category = :c", #"":c":{"S":"c"}"#),
            "SearchConditionExpression must be provided when SearchSchema has a HASH key"),
        Refusal("SearchVectors", search("schema", "tenant < :t", #"":t":{"S":"t9"}"#), comparator),
        Refusal(
            "SearchVectors",
            search("schema", "tenant = :t AND category < :c", #"":t":{"S":"t1"},":c":{"S":"c9"}"#), comparator),
        Refusal(
            "SearchVectors", search(vector: #"{"N":"1"},{"N":"0"}"#),
            "Input search vector dimension 2 does not match vector index dimension 3"),
        Refusal(
            "SearchVectors", search("plain", "tenant = :t", #"":t":{"S":"t1"}"#),
            "SearchConditionExpression must not contain any attributes that is not in SearchSchema. Invalid attribute: tenant"
        ),
        Refusal("SearchVectors", search(vector: #"{"L":[{"N":"1"},{"N":"0"},{"N":"0"}]}"#), values),
        Refusal("SearchVectors", search(vector: #"{"N":"1E+39"},{"N":"0"},{"N":"0"}"#), values),
        Refusal("SearchVectors", search("absent"), "The table does not have the specified index: absent"),
        Refusal(
            "SearchVectors", search("ab"),
            "1 validation error detected: Value at 'IndexName' failed to satisfy constraint: Member must have length greater than or equal to 3"
        ),
        Refusal(
            "SearchVectors", search(vector: ""),
            "1 validation error detected: Value at 'SearchVector' failed to satisfy constraint: Member must have length greater than or equal to 1"
        ),
        Refusal(
            "SearchVectors", search("schema", "tenant = :t", #"":t":{"N":"1"}"#),
            "Type of 'tenant' attribute in SearchConditionExpression (N) does not match type in search schema (S)"),
        Refusal(
            "SearchVectors", search("schema", "tenant = :t", #"":t":{"S":""}"#),
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: tenant"
        ),
        Refusal(
            "SearchVectors", search("schema", "bucket = :t", #"":t":{"S":"t1"}"#),
            "Invalid SearchConditionExpression: Attribute name is a reserved keyword; reserved keyword: bucket"),
    ])
    func searches(refusal: Refusal) async throws { try await refusal.check() }

    @Test func atLeastOneItemIsAskedFor() async throws {
        let message = try await Refusal.message("SearchVectors", Self.search(top: 0))
        #expect(message.hasSuffix("Member must have value greater than or equal to 1"), "\(message)")
    }
}
