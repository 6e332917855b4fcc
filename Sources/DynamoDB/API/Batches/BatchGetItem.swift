/// Reads up to 100 items by their keys.
///
/// Source: AWS, "BatchGetItem" in the Amazon DynamoDB API reference.
public struct BatchGetItemInput: Sendable, Hashable, JSONObject {
    /// What to do, by table name.
    public var requestItems: [String: KeysAndAttributes]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    private init() { self = .unread }
}

/// What BatchGetItem returns.
public struct BatchGetItemOutput: Sendable, Hashable, JSONObject {
    /// The items found, by table name.
    public var responses: [String: [Item]] = [:]
    /// The keys that were not read, by table name; send them again.
    public var unprocessedKeys: [String: KeysAndAttributes] = [:]
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    private init() { self = .unread }
}
