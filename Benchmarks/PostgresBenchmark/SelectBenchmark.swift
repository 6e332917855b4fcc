import Postgres

extension PostgresBenchmark {
    /// pgbench's select-only script by primary key: eight tasks, each query through the pool.
    /// - Parameter executor: where the tasks run; `nil` for Swift's own threads.
    static func selects(
        _ configuration: PostgresConfiguration, seconds: Int, on executor: (any TaskExecutor)? = nil
    ) async throws -> Double {
        let pool = PostgresPool(PostgresPoolConfiguration(configuration, maximumConnections: 8), logger: quiet)
        let accounts = try await pool.query("SELECT max(aid) FROM pgbench_accounts").decode(Int.self)[0]
        let end = ContinuousClock.now + .seconds(seconds)
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask(executorPreference: executor) {
                    var count = 0
                    var random = Linear(state: UInt64.random(in: .min ... .max))
                    while ContinuousClock.now < end {
                        let account = Int32(Int.random(in: 1...accounts, using: &random))
                        let rows = try await pool.query("SELECT abalance FROM pgbench_accounts WHERE aid = \(account)")
                        guard try rows.decode(Int.self).count == 1 else { continue }
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        await pool.close()
        return Double(total) / Double(seconds)
    }
}

/// Random enough to choose rows, and, as pgbench's own, without a system call.
private struct Linear: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state ^ state >> 32) &* 0x9E37_79B9_7F4A_7C15
    }
}
