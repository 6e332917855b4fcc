import Postgres

/// A database with the schema at some version, and a session in it as the owner of the tables.
struct SchemaDatabase: Sendable {
    let configuration: PostgresConfiguration
    let connection: PostgresConnection

    /// The first column of what `sql` finds, which must be text.
    func strings(_ sql: String) async throws -> [String] { try await connection.strings(sql) }

    /// How many rows `SELECT` … finds.
    func count(_ from: String) async throws -> Int {
        let counted = try await connection.query(PostgresQuery(unsafeSQL: "SELECT count(*) \(from)")).decode(Int.self)
        return counted.first ?? 0
    }

    /// Runs several statements, in one transaction unless they say otherwise.
    func script(_ sql: String) async throws { try await connection.executeScript(sql) }

    /// Runs a migration's script as the migrator does.
    func transaction(_ sql: String) async throws {
        try await connection.withTransaction { try await $0.executeScript(sql) }
    }

    /// What `statement` would do for a request of `identity`. Everything is rolled back.
    /// - Parameters:
    ///   - prepare: statements that the owner of the tables runs before.
    ///   - setup: statements that the request runs before.
    ///   - claims: instead of the identity's own.
    func attempt(
        _ statement: String, as identity: Identity, after prepare: String? = nil, setup: String? = nil,
        claims: String? = nil
    ) async throws -> Outcome {
        do {
            return .rows(
                try await asRequest(of: identity, after: prepare, setup: setup, claims: claims) {
                    try await $0.execute(PostgresQuery(unsafeSQL: statement))
                })
        } catch let error as PostgresError {
            return try error.outcome
        }
    }

    /// The lines of the plan of `query` for a request of `identity`.
    func plan(
        _ query: String, as identity: Identity, setup: String? = nil, after prepare: String? = nil,
        options: String = "COSTS OFF"
    ) async throws -> [String] {
        try await asRequest(of: identity, after: prepare, setup: setup, claims: nil) {
            try await $0.strings("EXPLAIN (\(options)) \(query)")
        }
    }

    /// Runs `body` in a session of its own as the owner of the tables.
    nonisolated(nonsending) func withSession<R>(
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        try await PostgresConnection.withConnection(to: configuration, body)
    }

    /// Runs `body` in a transaction as `identity` and rolls it back.
    private nonisolated(nonsending) func asRequest<R: Sendable>(
        of identity: Identity, after prepare: String?, setup: String?, claims: String?,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        do {
            return try await connection.withTransaction { connection -> R in
                if let prepare { try await connection.executeScript(prepare) }
                try await connection.execute("SET LOCAL ROLE \(identifier: identity.role)")
                try await connection.execute(
                    "SELECT set_config('request.jwt.claims', \(claims ?? identity.claims), true)")
                if let setup { try await connection.executeScript(setup) }
                throw RolledBack(result: try await body(connection))
            }
        } catch let error as RolledBack<R> {
            return error.result
        }
    }
}

/// Thrown to end a transaction with its result but without its effects.
private struct RolledBack<R: Sendable>: Error {
    let result: R
}

extension PostgresError {
    /// The outcome of a statement that failed in the server.
    /// - Throws: itself, when it was not the server that refused.
    var outcome: Outcome {
        get throws {
            guard let sqlState else { throw self }
            return sqlState == PostgresSQLState.insufficientPrivilege ? .denied : .failed(sqlState)
        }
    }
}

extension PostgresConnection {
    /// The first column of what `sql` finds, which must be text.
    func strings(_ sql: String) async throws -> [String] {
        try await query(PostgresQuery(unsafeSQL: sql)).decode(String.self)
    }

    /// Runs several statements.
    func script(_ sql: String) async throws { try await executeScript(sql) }

    /// What `statement` does in this session, in a transaction of its own.
    func outcome(of statement: String) async throws -> Outcome {
        do {
            return .rows(try await execute(PostgresQuery(unsafeSQL: statement)))
        } catch let error as PostgresError {
            return try error.outcome
        }
    }
}
