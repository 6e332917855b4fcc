/// Reads up to 100 items as of one moment.
///
/// Source: AWS, "TransactGetItems" in the Amazon DynamoDB API reference.
public struct TransactGetItemsInput: Sendable, Hashable, JSONCodable {
    /// Up to 100 actions, each on another item.
    public var transactItems: [TransactGetItem]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    /// Makes a request of its members.
    public init(transactItems: [TransactGetItem], returnConsumedCapacity: ReturnConsumedCapacity? = nil) {
        self.transactItems = transactItems
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(transactItems: [])
        try json.members(requiring: "TransactItems") { json, key throws(DynamoDBError) in
            switch key {
            case "TransactItems": transactItems = try json.value()
            case "ReturnConsumedCapacity": returnConsumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TransactItems", transactItems)
            json.member("ReturnConsumedCapacity", returnConsumedCapacity)
        }
    }
}

/// What TransactGetItems returns.
public struct TransactGetItemsOutput: Sendable, Hashable, JSONCodable {
    /// One response for each request, in its order.
    public var responses: [ItemResponse]
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    /// Makes a response of its members.
    public init(responses: [ItemResponse], consumedCapacity: [ConsumedCapacity]? = nil) {
        self.responses = responses
        self.consumedCapacity = consumedCapacity
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(responses: [])
        try json.members(requiring: "Responses") { json, key throws(DynamoDBError) in
            switch key {
            case "Responses": responses = try json.value()
            case "ConsumedCapacity": consumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Responses", responses)
            json.member("ConsumedCapacity", consumedCapacity)
        }
    }
}
