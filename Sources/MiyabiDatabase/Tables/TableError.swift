/// Why a DynamoDB table cannot be used.
public struct TableError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// The table exists and has another key or other indexes than the stores rely on; the text says which.
        case differs(String)
        /// The table did not become active in time.
        case notActive(status: String, after: Duration)
    }

    /// The table's name.
    public let table: String
    /// What is wrong with it.
    public let reason: Reason

    /// One sentence.
    public var description: String {
        switch reason {
        case .differs(let difference):
            "The DynamoDB table \(table) is not as Miyabi needs it: \(difference)."
        case .notActive(let status, let limit):
            "The DynamoDB table \(table) is still \(status) after \(limit.components.seconds) s."
        }
    }
}
