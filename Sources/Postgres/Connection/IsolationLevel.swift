/// How much a transaction sees of others that run at the same time.
public enum IsolationLevel: String, Sendable, CaseIterable {
    /// Each statement sees what was committed before it began. The server's default.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first began.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after the other; be ready to repeat one that fails with SQLSTATE 40001.
    case serializable = "SERIALIZABLE"
}
