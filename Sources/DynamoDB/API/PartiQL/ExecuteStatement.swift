/// Runs one PartiQL statement.
///
/// Source: AWS, "ExecuteStatement" in the Amazon DynamoDB API reference.
public struct ExecuteStatementInput: Sendable, Hashable, JSONObject {
    /// The PartiQL statement; up to 8,192 characters.
    public var statement: String
    /// The values of the statement's question marks, in order; not empty.
    public var parameters: [AttributeValue]?
    /// Whether a read sees every write that was acknowledged before it.
    public var consistentRead: Bool?
    /// Where to go on: the `nextToken` of the page before, of the same statement.
    public var nextToken: String?
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?
    /// How many items to read at most, before filtering; at least 1.
    public var limit: Int?
    /// Whether a failed condition's error carries the item.
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

    /// Makes a request of its members.
    public init(
        statement: String,
        parameters: [AttributeValue]? = nil,
        consistentRead: Bool? = nil,
        nextToken: String? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        limit: Int? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.statement = statement
        self.parameters = parameters
        self.consistentRead = consistentRead
        self.nextToken = nextToken
        self.returnConsumedCapacity = returnConsumedCapacity
        self.limit = limit
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }

    package static var unread: Self { Self(statement: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Statement", &statement)
        try members.optional("Parameters", &parameters)
        try members.optional("ConsistentRead", &consistentRead)
        try members.optional("NextToken", &nextToken)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.optional("Limit", &limit)
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
    }
}

/// What ExecuteStatement returns.
public struct ExecuteStatementOutput: Sendable, Hashable, JSONObject {
    /// What a read found, or what a write's RETURNING clause asks for.
    public var items: [Item]?
    /// Where to go on; nil when there is no more.
    public var nextToken: String?
    /// The capacity used, when asked for.
    public var consumedCapacity: ConsumedCapacity?
    /// The key of the last item read; nil when there is no more.
    public var lastEvaluatedKey: Item?

    /// Makes a response of its members.
    public init(
        items: [Item]? = nil,
        nextToken: String? = nil,
        consumedCapacity: ConsumedCapacity? = nil,
        lastEvaluatedKey: Item? = nil
    ) {
        self.items = items
        self.nextToken = nextToken
        self.consumedCapacity = consumedCapacity
        self.lastEvaluatedKey = lastEvaluatedKey
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Items", &items)
        try members.optional("NextToken", &nextToken)
        try members.optional("ConsumedCapacity", &consumedCapacity)
        try members.optional("LastEvaluatedKey", &lastEvaluatedKey)
    }
}
