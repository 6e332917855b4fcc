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
    /// What is wrong with parameters that were read: it fails this statement, and no other.
    package var parametersFault: String?

    private init() { self = .unread }
}
