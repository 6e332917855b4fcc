/// Runs up to 25 PartiQL statements, each on its own: all reads or all writes.
///
/// Source: AWS, "BatchExecuteStatement" in the Amazon DynamoDB API reference.
public struct BatchExecuteStatementInput: Sendable, Hashable, JSONObject {
    /// The statements; reads name one item each.
    public var statements: [BatchStatementRequest]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    /// Makes a request of its members.
    public init(
        statements: [BatchStatementRequest],
        returnConsumedCapacity: ReturnConsumedCapacity? = nil
    ) {
        self.statements = statements
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    package static var unread: Self { Self(statements: []) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Statements", &statements)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
    }
}

/// What BatchExecuteStatement returns.
public struct BatchExecuteStatementOutput: Sendable, Hashable, JSONObject {
    /// One for each statement, in order.
    public var responses: [BatchStatementResponse]?
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    /// Makes a response of its members.
    public init(
        responses: [BatchStatementResponse]? = nil,
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
