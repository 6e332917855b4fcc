/// The items of one table that BatchGetItem reads.
public struct KeysAndAttributes: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self(keys: []) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Keys", &keys)
        try members.optional("ConsistentRead", &consistentRead)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.optional("AttributesToGet", &attributesToGet)
    }
}
