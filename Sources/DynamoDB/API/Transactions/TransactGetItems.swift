/// Reads up to 100 items as of one moment.
///
/// Source: AWS, "TransactGetItems" in the Amazon DynamoDB API reference.
public struct TransactGetItemsInput: Sendable, Hashable, JSONObject {
    /// Up to 100 actions, each on another item.
    public var transactItems: [TransactGetItem]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    /// Makes a request of its members.
    public init(transactItems: [TransactGetItem], returnConsumedCapacity: ReturnConsumedCapacity? = nil) {
        self.transactItems = transactItems
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    package static var unread: Self { Self(transactItems: []) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TransactItems", &transactItems)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
    }
}

/// What TransactGetItems returns.
public struct TransactGetItemsOutput: Sendable, Hashable, JSONObject {
    /// One response for each request, in its order.
    public var responses: [ItemResponse]
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    /// Makes a response of its members.
    public init(responses: [ItemResponse], consumedCapacity: [ConsumedCapacity]? = nil) {
        self.responses = responses
        self.consumedCapacity = consumedCapacity
    }

    package static var unread: Self { Self(responses: []) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Responses", &responses)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}
