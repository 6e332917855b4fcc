/// Puts and deletes up to 25 items.
///
/// Source: AWS, "BatchWriteItem" in the Amazon DynamoDB API reference.
public struct BatchWriteItemInput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(requestItems: [:])
        try json.members(requiring: "RequestItems") { json, key throws(DynamoDBError) in
            switch key {
            case "RequestItems": requestItems = try json.value()
            case "ReturnConsumedCapacity": returnConsumedCapacity = try json.value()
            case "ReturnItemCollectionMetrics": returnItemCollectionMetrics = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("RequestItems", requestItems)
            json.member("ReturnConsumedCapacity", returnConsumedCapacity)
            json.member("ReturnItemCollectionMetrics", returnItemCollectionMetrics)
        }
    }
}

/// What BatchWriteItem returns.
public struct BatchWriteItemOutput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "UnprocessedItems": unprocessedItems = try json.value()
            case "ItemCollectionMetrics": itemCollectionMetrics = try json.value()
            case "ConsumedCapacity": consumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("UnprocessedItems", unprocessedItems)
            json.member("ItemCollectionMetrics", itemCollectionMetrics)
            json.member("ConsumedCapacity", consumedCapacity)
        }
    }
}
