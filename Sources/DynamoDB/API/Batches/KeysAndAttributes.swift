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

    private init() { self = .unread }
}
