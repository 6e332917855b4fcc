/// What a migrator tells while it works.
public enum MigrationEvent: Sendable {
    /// Another migrator has the lock, and we wait.
    case waiting(MigrationLockHolder?)
    /// A step begins.
    case started(MigrationPlan.Step)
    /// A step is done, and committed.
    case finished(MigrationPlan.Step, Duration)
}
