import Postgres
import Testing

private let owner = AccessFixture.owner
private let other = AccessFixture.other

/// A repository that a user says is theirs takes nothing from whose it is.
@Suite(.serialized) struct RepositoryClaimTests {
    private static func insert(_ user: String, number: Int = 99, _ name: String = "a/b", more: String = "") -> String {
        let parts = name.split(separator: "/")
        return """
            INSERT INTO repositories (user_id, github_repo_id, owner, name, full_name)
            VALUES ('\(user)', \(number), '\(parts[0])', '\(parts[1])', '\(name)') \(more);
            """
    }

    /// Who has the repository 99, and whether that is known.
    private static func has(_ user: String, verified: Bool) -> String {
        "SELECT FROM repositories WHERE github_repo_id = 99 AND user_id = '\(user)' AND is_verified = \(verified)"
    }

    @Test func aUsersRowIsAClaimAndAServicesIsNot() async throws {
        try await SchemaDatabase.withFixture { database in
            let mine = Self.has(other, verified: false)
            try await database.expect(.rows(1), mine, as: .other, setup: Self.insert(other))
            try await database.expect(
                .rows(1), Self.has(other, verified: true), as: .service, setup: Self.insert(other))
        }
    }

    /// In plain SQL, as any service writes it: with and without a conflict clause.
    @Test(arguments: ["", "ON CONFLICT DO NOTHING", "ON CONFLICT (github_repo_id) DO NOTHING"])
    func aClaimGivesWay(_ conflict: String) async throws {
        try await SchemaDatabase.withOwnFixture { database in
            let squatter = """
                \(Self.request(other))
                \(Self.insert(other))
                INSERT INTO workflows (user_id, repository_id, name, definition)
                  SELECT '\(other)', id, 'w', '{}' FROM repositories WHERE github_repo_id = 99;
                """
            try await database.transaction(squatter)
            try await database.expectCount(1, Self.has(other, verified: false).dropSelect)
            try await database.transaction(
                "SET LOCAL ROLE service_role; \(Self.insert(owner, more: conflict))")
            try await database.expectCount(1, Self.has(owner, verified: true).dropSelect)
            try await database.expectCount(1, "FROM repositories WHERE github_repo_id = 99")
            try await database.expectCount(0, "FROM workflows WHERE name = 'w'")

            // Nobody takes what is verified.
            try await database.transaction(
                "SET LOCAL ROLE service_role; \(Self.insert(other, more: "ON CONFLICT DO NOTHING"))")
            try await database.expectCount(1, Self.has(owner, verified: true).dropSelect)
        }
    }

    @Test func theSameUsersClaimComesTrue() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            try await database.transaction(Self.request(other) + Self.insert(other))
            let id = try await database.strings("SELECT id::text FROM repositories WHERE github_repo_id = 99")
            try await database.transaction(
                "SET LOCAL ROLE service_role; \(Self.insert(other, more: "ON CONFLICT DO NOTHING"))")
            try await database.expect(
                "SELECT id::text FROM repositories WHERE github_repo_id = 99 AND is_verified", gives: id)
        }
    }

    @Test func noAgentIsAskedToWorkOnAClaim() async throws {
        try await SchemaDatabase.withFixture { database in
            let run = """
                INSERT INTO agent_executions (user_id, repository_id, agent_type, status)
                SELECT user_id, id, 'PR', 'pending' FROM repositories WHERE github_repo_id = 99
                """
            try await database.expect(.denied, run, as: .other, setup: Self.insert(other))
            try await database.expect(.rows(1), run, as: .other, after: Self.insert(other))
        }
    }

    /// Agents go by a repository's name.
    @Test(arguments: [
        ("owner = 'victim', full_name = 'victim/app'", false), ("name = 'b', full_name = 'owner/b'", false),
        ("is_active = false, default_branch = 'd'", true), ("owner = owner, name = name", true),
    ])
    func whoRenamesClaimsAgain(_ change: String, _ verified: Bool) async throws {
        try await SchemaDatabase.withFixture { database in
            let update = "UPDATE repositories SET \(change) WHERE github_repo_id = 11"
            let found = "SELECT FROM repositories WHERE github_repo_id = 11 AND is_verified"
            try await database.expect(.rows(verified ? 1 : 0), found, as: .owner, setup: update)
            try await database.expect(.rows(1), found, as: .service, setup: update)
        }
    }

    @Test func noUserVerifies() async throws {
        try await SchemaDatabase.withFixture { database in
            for identity in [Identity.owner, .admin] {
                try await database.expect(.denied, "UPDATE repositories SET is_verified = true", as: identity)
            }
            try await database.expect(
                .denied,
                """
                INSERT INTO repositories (user_id, github_repo_id, owner, name, full_name, is_verified)
                VALUES ('\(owner)', 99, 'a', 'b', 'a/b', true)
                """, as: .owner)
            try await database.expect(.rows(2), "UPDATE repositories SET is_verified = true", as: .service)
        }
    }

    /// What nobody has verified would count as true again.
    @Test func itDoesNotRevertOverClaims() async throws {
        let migration = try #require(MigrationScript.all.first { $0.name.hasSuffix("repository_claims") })
        try await SchemaDatabase.with(version: migration.version) { database in
            try await database.script(AccessFixture.sql)
            try await database.transaction(Self.request(other) + Self.insert(other))
            let error = await #expect(throws: PostgresError.self) { try await database.transaction(migration.down) }
            #expect(error?.sqlState == "55000")
            try await database.script("UPDATE repositories SET is_verified = true WHERE NOT is_verified")
            try await database.transaction(migration.down)
        }
    }

    /// The rest of a transaction is a request of this user.
    private static func request(_ user: String) -> String {
        """
        SELECT set_config('request.jwt.claims', '{"sub": "\(user)"}', true);
        SET LOCAL ROLE authenticated;
        """
    }
}

extension String {
    /// A query without its SELECT, to be counted.
    fileprivate var dropSelect: String { String(dropFirst("SELECT ".count)) }
}
