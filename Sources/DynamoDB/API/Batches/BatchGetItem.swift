/// Reads up to 100 items by their keys.
///
/// Source: AWS, "BatchGetItem" in the Amazon DynamoDB API reference.
public struct BatchGetItemInput: Sendable, Hashable, JSONCodable {
    /// What to do, by table name.
    public var requestItems: [String: KeysAndAttributes]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    /// Makes a request of its members.
    public init(requestItems: [String: KeysAndAttributes], returnConsumedCapacity: ReturnConsumedCapacity? = nil) {
        self.requestItems = requestItems
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(requestItems: [:])
        try json.members(requiring: "RequestItems") { json, key throws(DynamoDBError) in
            switch key {
            case "RequestItems": requestItems = try json.value()
            case "ReturnConsumedCapacity": returnConsumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("RequestItems", requestItems)
            json.member("ReturnConsumedCapacity", returnConsumedCapacity)
        }
    }
}

/// What BatchGetItem returns.
public struct BatchGetItemOutput: Sendable, Hashable, JSONCodable {
    /// The items found, by table name.
    public var responses: [String: [Item]]
    /// The keys that were not read, by table name; send them again.
    public var unprocessedKeys: [String: KeysAndAttributes]
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    /// Makes a response of its members.
    public init(
        responses: [String: [Item]] = [:],
        unprocessedKeys: [String: KeysAndAttributes] = [:],
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.responses = responses
        self.unprocessedKeys = unprocessedKeys
        self.consumedCapacity = consumedCapacity
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Responses": responses = try json.value()
            case "UnprocessedKeys": unprocessedKeys = try json.value()
            case "ConsumedCapacity": consumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Responses", responses)
            json.member("UnprocessedKeys", unprocessedKeys)
            json.member("ConsumedCapacity", consumedCapacity)
        }
    }
}
