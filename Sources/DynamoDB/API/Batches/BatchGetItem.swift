/// Reads up to 100 items by their keys.
///
/// Source: AWS, "BatchGetItem" in the Amazon DynamoDB API reference.
public struct BatchGetItemInput: Sendable, Hashable, JSONObject {
    /// What to do, by table name.
    public var requestItems: [String: KeysAndAttributes]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    /// Makes a request of its members.
    public init(requestItems: [String: KeysAndAttributes], returnConsumedCapacity: ReturnConsumedCapacity? = nil) {
        self.requestItems = requestItems
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    package static var unread: Self { Self(requestItems: [:]) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RequestItems", &requestItems)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
    }
}

/// What BatchGetItem returns.
public struct BatchGetItemOutput: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Responses", &responses)
        try members.optional("UnprocessedKeys", &unprocessedKeys)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}
