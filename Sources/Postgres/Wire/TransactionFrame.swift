/// The statements that begin and end a transaction, or a savepoint inside one.
struct TransactionFrame: Sendable {
    let begin: String
    let commit: String
    let rollBack: String
    let isOutermost: Bool
    /// Until the end only statements are let through that the session survives unchanged.
    let isConfined: Bool

    /// A transaction that begins with these statements.
    private init(beginningWith begin: String, isConfined: Bool) {
        self.begin = begin
        commit = "COMMIT"
        rollBack = "ROLLBACK"
        isOutermost = true
        self.isConfined = isConfined
    }

    private init(savepoint name: String) {
        begin = "SAVEPOINT \(name)"
        commit = "RELEASE SAVEPOINT \(name)"
        rollBack = "ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)"
        isOutermost = false
        isConfined = false
    }

    /// Around a row stream or a COPY out: what it did is undone when its reader leaves before its end.
    init(aroundStreamIn status: TransactionStatus) {
        if status == .idle {
            self.init(beginningWith: "BEGIN", isConfined: false)
        } else {
            self.init(savepoint: "miyabi_stream")
        }
    }

    /// - Parameters:
    ///   - level: 1 for a transaction, more for savepoints.
    ///   - role: whom to act as.
    init(
        level: Int, isolation: IsolationLevel?, isReadOnly: Bool = false, role: PostgresSessionRole? = nil
    ) throws {
        guard level > 1 else {
            var begin = "BEGIN"
            if let isolation { begin += " ISOLATION LEVEL \(isolation.rawValue)" }
            if isReadOnly { begin += " READ ONLY" }
            if let role { begin += "; \(role.prologue)" }
            self.init(beginningWith: begin, isConfined: role != nil)
            return
        }
        guard role == nil, !isReadOnly else {
            throw PostgresError(.transactionMisuse, "a session cannot begin inside a transaction")
        }
        guard isolation == nil else {
            throw PostgresError(.transactionMisuse, "a nested transaction has the isolation level of the outer one")
        }
        self.init(savepoint: "miyabi_\(level)")
    }
}
