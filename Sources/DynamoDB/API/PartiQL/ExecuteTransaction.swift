/// Runs up to 100 PartiQL statements, all or none: all reads or all writes.
///
/// Source: AWS, "ExecuteTransaction" in the Amazon DynamoDB API reference.
public struct ExecuteTransactionInput: Sendable, Hashable, JSONObject {
    /// The statements, each on another item.
    public var transactStatements: [ParameterizedStatement]
    /// Makes the call idempotent for ten minutes; 1 to 36 characters.
    public var clientRequestToken: String?
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    /// Makes a request of its members.
    public init(
        transactStatements: [ParameterizedStatement],
        clientRequestToken: String? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil
    ) {
        self.transactStatements = transactStatements
        self.clientRequestToken = clientRequestToken
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    package static var unread: Self { Self(transactStatements: []) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TransactStatements", &transactStatements)
        try members.optional("ClientRequestToken", &clientRequestToken)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
    }
}

/// What ExecuteTransaction returns.
public struct ExecuteTransactionOutput: Sendable, Hashable, JSONObject {
    /// One for each statement, in order.
    public var responses: [ItemResponse]?
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    /// Makes a response of its members.
    public init(
        responses: [ItemResponse]? = nil,
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.responses = responses
        self.consumedCapacity = consumedCapacity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Responses", &responses)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}
