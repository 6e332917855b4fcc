/// Writes up to 100 items, all or none.
///
/// Source: AWS, "TransactWriteItems" in the Amazon DynamoDB API reference.
public struct TransactWriteItemsInput: Sendable, Hashable, JSONObject {
    /// Up to 100 actions, each on another item.
    public var transactItems: [TransactWriteItem]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?
    /// Whether to report the item collection's size (tables with a local secondary index).
    public var returnItemCollectionMetrics: ReturnItemCollectionMetrics?
    /// Makes the call idempotent for ten minutes; 1 to 36 characters.
    public var clientRequestToken: String?

    private init() { self = .unread }
}

/// What TransactWriteItems returns.
public struct TransactWriteItemsOutput: Sendable, Hashable, JSONObject {
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?
    /// The item collection's size, when asked for.
    public var itemCollectionMetrics: [String: [ItemCollectionMetrics]]?

    private init() { self = .unread }
}
