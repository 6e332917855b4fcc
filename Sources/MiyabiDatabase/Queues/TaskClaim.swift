public import DynamoDB

/// A task that a consumer holds.
public struct TaskClaim: Sendable, Hashable {
    /// The task, as its producer named it.
    public let id: String
    /// What its producer handed over.
    public let payload: Item
    /// Which attempt this is, from 1.
    public let attempt: Int
    /// Who holds it, how long it lasts after each heartbeat, and its fencing number.
    public let lease: Lease
    let place: TaskPlace
}
