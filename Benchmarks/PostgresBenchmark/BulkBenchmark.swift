import FoundationEssentials
import Postgres

extension PostgresBenchmark {
    /// Usage events by COPY, row by row.
    static func copy(_ configuration: PostgresConfiguration, rows: Int) async throws -> Double {
        let db = try await connect(configuration)
        let user = UUID().uuidString
        // Ready, as the baseline's file is.
        let ids = (0..<rows).map { _ in UUID().uuidString }
        let rate = try await rate(of: rows) {
            try await db.copyIn("COPY usage_events (id, user_id, plugin_id, event_type, event_data) FROM STDIN") {
                for id in ids {
                    try await $0.writeRow([
                        id, user, "miyabi-operations", "tokens", #"{"count": 1200, "model": "large"}"#,
                    ])
                }
            }
        }
        await db.close()
        return rate
    }

    /// pgbench's accounts as typed rows, one by one.
    static func stream(_ configuration: PostgresConfiguration, rows: Int) async throws -> Double {
        let db = try await connect(configuration)
        var sum = 0
        let rate = try await rate(of: rows) {
            try await db.withRows(of: "SELECT aid, bid, abalance, filler FROM pgbench_accounts LIMIT \(rows)") {
                for try await row in $0 {
                    let (account, branch, balance, filler) = try row.decode((Int, Int, Int, String).self)
                    sum &+= account &+ branch &+ balance &+ filler.utf8.count
                }
            }
        }
        await db.close()
        return sum == 0 ? 0 : rate
    }

    /// Single-row inserts, `batchSize` of them on the way at once.
    static func inserts(_ configuration: PostgresConfiguration, rows: Int, batchSize: Int) async throws -> Double {
        let db = try await connect(configuration)
        let rate = try await rate(of: rows) {
            try await db.withTransaction { db in
                for start in stride(from: 0, to: rows, by: batchSize) {
                    let queries = (start..<start + batchSize).map { number -> PostgresQuery in
                        "INSERT INTO pgbench_history (tid, bid, aid, delta) VALUES (1, 1, \(Int32(number)), 1)"
                    }
                    if batchSize == 1 {
                        try await db.execute(queries[0])
                    } else {
                        for result in try await db.pipeline(queries) { _ = try result.get() }
                    }
                }
            }
        }
        await db.close()
        return rate
    }
}
