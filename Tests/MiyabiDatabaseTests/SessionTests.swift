import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct SessionTests {
    private static let users = (
        ann: UUID(uuidString: "0a000000-0000-4000-8000-000000000001")!,
        bob: UUID(uuidString: "0b000000-0000-4000-8000-000000000002")!
    )

    private func withUsers(
        _ name: String = #function, _ body: @escaping @Sendable (PostgresPool) async throws -> Void
    ) async throws {
        try await withPlatform(named: name) { platform in
            let pool = platform.database.postgres
            try await pool.withSession(as: .service) { db in
                try await db.execute(
                    """
                    INSERT INTO users (id, email) VALUES (\(Self.users.ann), 'ann@example.com'),
                        (\(Self.users.bob), 'bob@example.com')
                    """)
            }
            try await body(pool)
        }
    }

    private func emails(_ pool: PostgresPool, as role: PostgresSessionRole) async throws -> [String] {
        try await pool.withSession(as: role) { db in
            try await db.query("SELECT email::text FROM users ORDER BY 1").decode(String.self)
        }
    }

    @Test func eachSeesWhatTheirRoleMay() async throws {
        try await withUsers { pool in
            let ann = try VerifiedClaims(
                subject: Self.users.ann, others: ["email": "ann@example.com", "role": "service_role"])
            #expect(try await emails(pool, as: .user(ann)) == ["ann@example.com"])
            #expect(
                try await emails(pool, as: .user(VerifiedClaims(subject: Self.users.bob))) == ["bob@example.com"])
            #expect(try await emails(pool, as: .service) == ["ann@example.com", "bob@example.com"])
            let error = try await #require(throws: PostgresError.self) { try await emails(pool, as: .anonymous) }
            #expect(error.sqlState == PostgresSQLState.insufficientPrivilege)
            let claims = try await pool.withSession(as: .user(ann)) { db in
                try await db.query("SELECT auth.uid(), auth.jwt() ->> 'email', auth.jwt() ->> 'role'")
                    .decode((UUID, String, String).self)
            }
            #expect(claims.first?.0 == Self.users.ann)
            #expect(claims.first?.1 == "ann@example.com")
            #expect(claims.first?.2 == "authenticated")
        }
    }

    /// Many identities over few connections, with failures among them: nobody ever sees another's rows.
    @Test func identitiesNeverMix() async throws {
        try await withUsers { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let (id, email) =
                            number.isMultiple(of: 2)
                            ? (Self.users.ann, "ann@example.com") : (Self.users.bob, "bob@example.com")
                        let claims = try VerifiedClaims(subject: id)
                        for _ in 0..<20 {
                            await #expect(throws: PostgresError.self) {
                                try await pool.withSession(as: .user(claims)) { try await $0.execute("SELECT 1/0") }
                            }
                            #expect(try await emails(pool, as: .user(claims)) == [email])
                            // Outside a session there is nobody.
                            #expect(
                                try await pool.query(
                                    "SELECT coalesce(current_setting('request.jwt.claims', true), '') = ''"
                                ).decode(Bool.self) == [true])
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
