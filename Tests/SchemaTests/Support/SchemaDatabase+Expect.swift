import Postgres
import Testing

extension SchemaDatabase {
    /// Expects `statement` to end as `expected` for a request of `identity`. See `attempt`.
    func expect(
        _ expected: Outcome, _ statement: String, as identity: Identity, after prepare: String? = nil,
        setup: String? = nil, claims: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let outcome = try await attempt(statement, as: identity, after: prepare, setup: setup, claims: claims)
        #expect(outcome == expected, "\(identity): \(statement)", sourceLocation: sourceLocation)
    }

    /// Expects the first column of what `sql` finds to be `expected`.
    func expect(
        _ sql: String, gives expected: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(try await strings(sql) == expected, "\(sql)", sourceLocation: sourceLocation)
    }

    /// Expects `SELECT` … to find so many rows.
    func expectCount(
        _ expected: Int, _ from: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(try await count(from) == expected, "\(from)", sourceLocation: sourceLocation)
    }
}

extension PostgresConnection {
    /// Expects `statement` to end as `expected` in this session.
    func expect(
        _ expected: Outcome, _ statement: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(try await outcome(of: statement) == expected, "\(statement)", sourceLocation: sourceLocation)
    }
}
