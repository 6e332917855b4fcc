/// Puts and deletes up to 25 items.
///
/// Source: AWS, "BatchWriteItem" in the Amazon DynamoDB API reference.
public struct BatchWriteItemInput: Sendable, Hashable, JSONObject {
    /// What to do, by table name.
    public var requestItems: [String: [WriteRequest]]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?
    /// Whether to report the item collection's size (tables with a local secondary index).
    public var returnItemCollectionMetrics: ReturnItemCollectionMetrics?

    private init() { self = .unread }
}

/// What BatchWriteItem returns.
public struct BatchWriteItemOutput: Sendable, Hashable, JSONObject {
    /// The requests that were not carried out, by table name; send them again.
    public var unprocessedItems: [String: [WriteRequest]] = [:]
    /// The item collection's size, when asked for.
    public var itemCollectionMetrics: [String: [ItemCollectionMetrics]]?
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    private init() { self = .unread }
}
