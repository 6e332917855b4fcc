/// Writes up to 100 items, all or none.
///
/// Source: AWS, "TransactWriteItems" in the Amazon DynamoDB API reference.
public struct TransactWriteItemsInput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(transactItems: [])
        try json.members(requiring: "TransactItems") { json, key throws(DynamoDBError) in
            switch key {
            case "TransactItems": transactItems = try json.value()
            case "ReturnConsumedCapacity": returnConsumedCapacity = try json.value()
            case "ReturnItemCollectionMetrics": returnItemCollectionMetrics = try json.value()
            case "ClientRequestToken": clientRequestToken = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TransactItems", transactItems)
            json.member("ReturnConsumedCapacity", returnConsumedCapacity)
            json.member("ReturnItemCollectionMetrics", returnItemCollectionMetrics)
            json.member("ClientRequestToken", clientRequestToken)
        }
    }
}

/// What TransactWriteItems returns.
public struct TransactWriteItemsOutput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ConsumedCapacity": consumedCapacity = try json.value()
            case "ItemCollectionMetrics": itemCollectionMetrics = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ConsumedCapacity", consumedCapacity)
            json.member("ItemCollectionMetrics", itemCollectionMetrics)
        }
    }
}
