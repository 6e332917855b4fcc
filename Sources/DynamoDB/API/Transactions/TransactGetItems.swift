/// Reads up to 100 items as of one moment.
///
/// Source: AWS, "TransactGetItems" in the Amazon DynamoDB API reference.
public struct TransactGetItemsInput: Sendable, Hashable, JSONObject {
    /// Up to 100 actions, each on another item.
    public var transactItems: [TransactGetItem]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    private init() { self = .unread }
}

/// What TransactGetItems returns.
public struct TransactGetItemsOutput: Sendable, Hashable, JSONObject {
    /// One response for each request, in its order.
    public var responses: [ItemResponse]
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    private init() { self = .unread }
}
