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

    /// Makes a request of its members.
    public init(
        transactItems: [TransactWriteItem],
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        returnItemCollectionMetrics: ReturnItemCollectionMetrics? = nil,
        clientRequestToken: String? = nil
    ) {
        self.transactItems = transactItems
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
        self.clientRequestToken = clientRequestToken
    }

    package static var unread: Self { Self(transactItems: []) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TransactItems", &transactItems)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.optional("ReturnItemCollectionMetrics", &returnItemCollectionMetrics)
        try members.optional("ClientRequestToken", &clientRequestToken)
    }
}

/// What TransactWriteItems returns.
public struct TransactWriteItemsOutput: Sendable, Hashable, JSONObject {
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?
    /// The item collection's size, when asked for.
    public var itemCollectionMetrics: [String: [ItemCollectionMetrics]]?

    /// Makes a response of its members.
    public init(
        consumedCapacity: [ConsumedCapacity]? = nil,
        itemCollectionMetrics: [String: [ItemCollectionMetrics]]? = nil
    ) {
        self.consumedCapacity = consumedCapacity
        self.itemCollectionMetrics = itemCollectionMetrics
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ConsumedCapacity", &consumedCapacity)
        try members.optional("ItemCollectionMetrics", &itemCollectionMetrics)
    }
}
