/// From where on the rules speak. The defaults are chosen so that a database that is well has no warnings.
public struct Thresholds: Sendable {
    /// A table of fewer rows is small: reading it whole is cheap.
    public var largeTableRows = 10_000
    /// Indexes smaller than this are not worth a word, in bytes.
    public var indexBytes = 1 << 20
    /// How long statistics must have been kept before an index without a scan counts as unused.
    public var unusedAfter = Duration.seconds(7 * 86_400)
    /// Indexes smaller than this are not called bloated, in bytes.
    public var bloatedIndexBytes = 10 << 20
    /// The part of an index that must be empty, by the estimate, from 0 to 1.
    public var bloatedPart = 0.5
    /// Sequential scans since the statistics began, before a large table's are told.
    public var sequentialScans = 50
    /// Dead rows, at least, before a table counts as not vacuumed.
    public var deadRows = 10_000
    /// Rows of a table that was never vacuumed, before that is told.
    public var neverVacuumedRows = 100_000
    /// Transactions since the oldest row was frozen: a warning. PostgreSQL stops taking writes at about 2.1 thousand million.
    public var wraparoundWarning = 1_000_000_000
    /// The same: an error.
    public var wraparoundError = 1_600_000_000
    /// The parts of a sequence that are used up: advice, a warning, an error.
    public var sequenceParts = (advice: 0.5, warning: 0.75, error: 0.9)
    /// A statement is slow from this mean time on, in milliseconds: the 100 ms of the specification's 5.3.
    public var slowMilliseconds = 100.0
    /// And very slow from this one on; then it is a warning if it also takes `slowShare`.
    public var verySlowMilliseconds = 1000.0
    /// The part of the time of all statements that a slow one must take, from 0 to 1.
    public var slowShare = 0.02
    /// Calls of a statement before its times are believed.
    public var statementCalls = 10
    /// A statement's mean time in milliseconds before its plan is looked at for a missing index.
    public var plannedMilliseconds = 1.0
    /// How many times cheaper a statement must become by an index.
    public var indexGain = 5.0
    /// How long a session may be idle in a transaction, or a prepared transaction may wait.
    public var idleTransaction = Duration.seconds(5 * 60)
    /// How long a transaction may be open.
    public var longTransaction = Duration.seconds(60 * 60)
    /// WAL that an inactive replication slot holds, in bytes, from where on it is a warning.
    public var slotBytes = 1 << 30
    /// An item is near the limit of 409,600 bytes from this size on.
    public var largeItemBytes = 300 * 1024

    /// The defaults.
    public init() {}
}

extension Duration {
    /// As PostgreSQL's `make_interval(secs => …)` takes it.
    var seconds: Double { self / .seconds(1) }
}
