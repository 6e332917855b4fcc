/// The statements that begin and end a transaction, or a savepoint inside one.
struct TransactionFrame: Sendable {
    let begin: String
    let commit: String
    let rollBack: String
    let isOutermost: Bool
    /// Until the end only statements are let through that the session survives unchanged.
    let isConfined: Bool

    /// - Parameters:
    ///   - level: 1 for a transaction, more for savepoints.
    ///   - role: whom to act as.
    init(
        level: Int, isolation: IsolationLevel?, isReadOnly: Bool = false, role: PostgresSessionRole? = nil
    ) throws {
        isOutermost = level == 1
        isConfined = role != nil
        if isOutermost {
            var begin = "BEGIN"
            if let isolation { begin += " ISOLATION LEVEL \(isolation.rawValue)" }
            if isReadOnly { begin += " READ ONLY" }
            if let role { begin += "; \(role.prologue)" }
            self.begin = begin
            commit = "COMMIT"
            rollBack = "ROLLBACK"
        } else {
            guard role == nil, !isReadOnly else {
                throw PostgresError(.transactionMisuse, "a session cannot begin inside a transaction")
            }
            guard isolation == nil else {
                throw PostgresError(.transactionMisuse, "a nested transaction has the isolation level of the outer one")
            }
            let name = "miyabi_\(level)"
            begin = "SAVEPOINT \(name)"
            commit = "RELEASE SAVEPOINT \(name)"
            rollBack = "ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)"
        }
    }
}
