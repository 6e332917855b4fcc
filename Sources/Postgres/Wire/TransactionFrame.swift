/// The statements that begin and end a transaction, or a savepoint inside one.
struct TransactionFrame: Sendable {
    let begin: String
    let commit: String
    let rollBack: String
    let isOutermost: Bool

    /// - Parameter level: 1 for a transaction, more for savepoints.
    init(level: Int, isolation: IsolationLevel?) throws {
        isOutermost = level == 1
        if isOutermost {
            begin = isolation.map { "BEGIN ISOLATION LEVEL \($0.rawValue)" } ?? "BEGIN"
            commit = "COMMIT"
            rollBack = "ROLLBACK"
        } else {
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
