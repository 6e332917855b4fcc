/// One statement of a BatchExecuteStatement.
public struct BatchStatementRequest: Sendable, Hashable, JSONObject {
    /// The PartiQL statement; up to 8,192 characters.
    public var statement: String
    /// The values of the statement's question marks, in order; not empty.
    public var parameters: [AttributeValue]?
    /// Whether a read sees every write that was acknowledged before it.
    public var consistentRead: Bool?
    /// Whether a failed condition's error carries the item.
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

    /// Makes a value of its members.
    public init(
        statement: String,
        parameters: [AttributeValue]? = nil,
        consistentRead: Bool? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.statement = statement
        self.parameters = parameters
        self.consistentRead = consistentRead
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }

    package static var unread: Self { Self(statement: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Statement", &statement)
        try members.optional("Parameters", &parameters)
        try members.optional("ConsistentRead", &consistentRead)
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
    }
}
