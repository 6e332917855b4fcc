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

    /// Makes a request of its members.
    public init(
        requestItems: [String: [WriteRequest]],
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        returnItemCollectionMetrics: ReturnItemCollectionMetrics? = nil
    ) {
        self.requestItems = requestItems
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
    }

    package static var unread: Self { Self(requestItems: [:]) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RequestItems", &requestItems)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.optional("ReturnItemCollectionMetrics", &returnItemCollectionMetrics)
    }
}

/// What BatchWriteItem returns.
public struct BatchWriteItemOutput: Sendable, Hashable, JSONObject {
    /// The requests that were not carried out, by table name; send them again.
    public var unprocessedItems: [String: [WriteRequest]]
    /// The item collection's size, when asked for.
    public var itemCollectionMetrics: [String: [ItemCollectionMetrics]]?
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    /// Makes a response of its members.
    public init(
        unprocessedItems: [String: [WriteRequest]] = [:],
        itemCollectionMetrics: [String: [ItemCollectionMetrics]]? = nil,
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.unprocessedItems = unprocessedItems
        self.itemCollectionMetrics = itemCollectionMetrics
        self.consumedCapacity = consumedCapacity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("UnprocessedItems", &unprocessedItems)
        try members.optional("ItemCollectionMetrics", &itemCollectionMetrics)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}
