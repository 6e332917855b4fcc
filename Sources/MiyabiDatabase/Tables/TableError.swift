/// A DynamoDB table exists and is not as the stores need it.
public struct TableError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The table's name.
    public let table: String
    /// What is otherwise, with both sides: `its key is (PK S), not (PK S, SK S)`.
    public let difference: String

    /// One sentence.
    public var description: String {
        "The DynamoDB table \(table) is not as Miyabi needs it: \(difference)."
    }
}
