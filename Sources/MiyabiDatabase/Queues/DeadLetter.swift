public import DynamoDB

/// A task that was given up.
public struct DeadLetter: Sendable, Hashable {
    /// The task, as its producer named it.
    public let id: String
    /// What its producer handed over; empty when that cannot be read.
    public let payload: Item
    /// How often it was tried; 0 when its item cannot be read.
    public let attempts: Int
    /// What its consumers said of the last failure; nil when they only stopped.
    public let lastError: String?
}
