extension PostgresError {
    static var poolClosed: PostgresError { PostgresError(.poolClosed, "the pool is closed") }

    init(_ refusal: PoolRefusal, _ acquireTimeout: Duration) {
        switch refusal {
        case .closed: self = .poolClosed
        case .cannotConnect(let error):
            self = error as? PostgresError ?? PostgresError(.connectFailed, "cannot connect: \(error)")
        case .timedOut(let pool, let failure):
            var message = """
                no connection became free within \(acquireTimeout): \(pool.inUse) of \(pool.connections) in use, \
                \(pool.opening) being opened, \(pool.waiting) waiting
                """
            if let failure { message += "; the last attempt to connect failed: \(failure)" }
            self.init(.acquireTimeout, message, server: (failure as? PostgresError)?.server)
        }
    }

    /// Whether connecting fails in a way that trying again does not help: the server refuses the login (SQLSTATE classes
    /// 28 and 42), there is no such database (3D), or the configuration is wrong.
    var isPermanent: Bool {
        code == .invalidConfiguration || ["28", "3D", "42"].contains(sqlState?.prefix(2) ?? "")
    }
}
