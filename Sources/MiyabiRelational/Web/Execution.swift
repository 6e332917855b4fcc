public import Foundation
public import Postgres

/// A run of an agent: a row of `agent_executions` (specification, section 2.2.4).
public struct Execution: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// Whose run it is: a row of web_users.
    public var userID: UUID
    /// The repository it works on, if any.
    public var repositoryID: UUID?
    /// Which agent.
    public var agentType: AgentType
    /// The number of the issue or pull request; 1 or more.
    public var issueNumber: Int64?
    /// How far it is.
    public var status: ExecutionStatus
    /// When it began to run.
    public var startedAt: Date?
    /// When it completed or failed.
    public var completedAt: Date?
    /// Why it failed.
    public var errorMessage: String?
    /// What it completed with.
    public var result: PostgresJSON?
    /// When it was asked for.
    public var createdAt: Date
}

extension Execution: KeysetRow {
    static let table = "agent_executions"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.createdAt }
    static let columns = [
        "id", "user_id", "repository_id", "agent_type", "issue_number", "status", "started_at", "completed_at",
        "error_message", "result", "created_at",
    ]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        repositoryID = try row.decode("repository_id")
        agentType = try row.decode("agent_type")
        issueNumber = try row.decode("issue_number")
        status = try row.decode("status")
        startedAt = try row.decode("started_at")
        completedAt = try row.decode("completed_at")
        errorMessage = try row.decode("error_message")
        result = try row.decode("result")
        createdAt = try row.decode("created_at")
    }
}

/// How far a run is. It goes from pending to running to completed or failed, and never back; what was never begun may
/// fail too.
public enum ExecutionStatus: String, PostgresEnum, CaseIterable {
    /// Asked for.
    case pending
    /// An agent works on it.
    case running
    /// It came to its end.
    case completed
    /// It did not.
    case failed

    /// The states that may come next.
    public var next: Set<ExecutionStatus> {
        switch self {
        case .pending: [.running, .failed]
        case .running: [.completed, .failed]
        case .completed, .failed: []
        }
    }

    /// The states that may come before.
    var previous: [ExecutionStatus] { Self.allCases.filter { $0.next.contains(self) } }
}

/// What cannot be done to a run.
public enum ExecutionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No run has this id, or none that the caller may see.
    case notFound(UUID)
    /// The run is where no way leads to the state asked for. It was not changed.
    case illegalTransition(UUID, from: ExecutionStatus, to: ExecutionStatus)
    /// The run is another worker's by now, or waits for one. Nothing was changed; the work on it must stop.
    case claimLost(UUID)

    /// One sentence.
    public var description: String {
        switch self {
        case .notFound(let id): "There is no execution \(id.lowercased)."
        case .illegalTransition(let id, let from, let to):
            "Execution \(id.lowercased) is \(from.rawValue) and cannot become \(to.rawValue)."
        case .claimLost(let id): "This worker no longer holds execution \(id.lowercased)."
        }
    }
}
