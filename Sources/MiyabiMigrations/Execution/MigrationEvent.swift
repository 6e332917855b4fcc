import MiyabiSystem

/// What a migrator tells while it works.
public enum MigrationEvent: Sendable, CustomStringConvertible {
    /// Another migrator has the lock, and we wait.
    case waiting(MigrationLockHolder?)
    /// Files and database do not agree, and the migrator goes on all the same.
    case noticed(MigrationProblem)
    /// A step begins.
    case started(MigrationPlan.Step)
    /// A step waits for a lock. Told again when it is another lock, or other sessions hold it.
    case waitingForLock(MigrationPlan.Step, LockWait)
    /// A step keeps so many other sessions waiting. Told again when there are more.
    case holdingUp(MigrationPlan.Step, sessions: Int)
    /// A step is done, and committed.
    case finished(MigrationPlan.Step, Duration)

    /// What happened, in one line or several.
    public var description: String {
        switch self {
        case .waiting(let holder): "waiting for another migrator" + (holder.map { ": \($0)" } ?? "")
        case .noticed(let problem): "\(problem)"
        case .started(let step): "running \(step.script.fileName)"
        case .waitingForLock(let step, let wait): "\(step.script.fileName) waits for \(wait)"
        case .holdingUp(let step, let sessions):
            "\(step.script.fileName) holds a lock that \(sessions) other session(s) wait for"
        case .finished(let step, let duration):
            "\(step.direction == .up ? "applied" : "reverted") \(step.script.fileName) (\(duration.short))"
        }
    }
}
