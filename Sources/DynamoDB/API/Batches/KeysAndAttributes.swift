/// The items of one table that BatchGetItem reads.
public struct KeysAndAttributes: Sendable, Hashable, JSONCodable {
    /// The primary keys to read.
    public var keys: [Item]
    /// True for a strongly consistent read; nil and false for an eventually consistent one.
    public var consistentRead: Bool?
    /// The attributes to return, comma-separated; nil for all.
    public var projectionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// Legacy form of ``projectionExpression``.
    public var attributesToGet: [String]?

    /// Makes a value of its members.
    public init(
        keys: [Item],
        consistentRead: Bool? = nil,
        projectionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        attributesToGet: [String]? = nil
    ) {
        self.keys = keys
        self.consistentRead = consistentRead
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.attributesToGet = attributesToGet
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(keys: [])
        try json.members(requiring: "Keys") { json, key throws(DynamoDBError) in
            switch key {
            case "Keys": keys = try json.value()
            case "ConsistentRead": consistentRead = try json.value()
            case "ProjectionExpression": projectionExpression = try json.value()
            case "ExpressionAttributeNames": expressionAttributeNames = try json.value()
            case "AttributesToGet": attributesToGet = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Keys", keys)
            json.member("ConsistentRead", consistentRead)
            json.member("ProjectionExpression", projectionExpression)
            json.member("ExpressionAttributeNames", expressionAttributeNames)
            json.member("AttributesToGet", attributesToGet)
        }
    }
}
