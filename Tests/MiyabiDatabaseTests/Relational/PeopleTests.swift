import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct PeopleTests {
    @Test func usersComeWithTheirRepositories() async throws {
        try await withPlatform { platform in
            let (people, database) = (People(), platform.database)
            try await people.insert(into: database)
            let first = try await database.withSession(as: .service) { try await $0.webUsers.list(limit: 1) }
            let second = try await database.withSession(as: .service) {
                try await $0.webUsers.list(after: first.next, limit: 1)
            }
            #expect(first.next != nil && second.next == nil)
            let users = first.rows + second.rows
            #expect(Set(users.map(\.id)) == [people.ann, people.bob])
            let ann = try #require(users.first { $0.id == people.ann })
            #expect(ann.repositories.map(\.id) == [people.repository])
            #expect(ann.repositories.map(\.fullName) == ["ann/a'b"] && ann.repositories.allSatisfy(\.isActive))
            #expect(users.first { $0.id == people.bob }?.repositories == [])

            // Each sees themselves.
            let role = PostgresSessionRole.user(try VerifiedClaims(subject: people.ann))
            let own = try await database.withSession(as: role) { try await $0.webUsers.list().rows }
            #expect(own == [ann])
        }
    }

    @Test func aRepositoryIsItsOwnersToChange() async throws {
        try await withPlatform { platform in
            let (people, database) = (People(), platform.database)
            try await people.insert(into: database)
            let ann = PostgresSessionRole.user(try VerifiedClaims(subject: people.ann))
            let bob = PostgresSessionRole.user(try VerifiedClaims(subject: people.bob))
            try await database.withSession(as: bob) { relations in
                let repositories = relations.repositories
                let seen = try await repositories.repository(people.repository)
                #expect(seen == nil)
                #expect(try await repositories.setActive(false, people.repository) == nil)
                #expect(try await repositories.delete(people.repository) == false)
                #expect(try await relations.webUsers.setContact(email: nil, avatarURL: nil, of: people.ann) == false)
            }
            try await database.withSession(as: ann) { relations in
                let repositories = relations.repositories
                let active = try await repositories.active(of: people.ann)
                #expect(active.map(\.id) == [people.repository])
                let changed = try await repositories.setActive(false, people.repository)
                #expect(changed?.isActive == false && changed?.repository.fullName == "ann/a'b")
                #expect(try await repositories.active(of: people.ann).isEmpty)
                #expect(try await repositories.list(of: people.ann).rows.map(\.id) == [people.repository])
                #expect(try await repositories.delete(people.repository))
                #expect(try await relations.webUsers.setContact(email: "a@b.c", avatarURL: nil, of: people.ann))
                #expect(try await relations.webUsers.user(people.ann)?.user.email == "a@b.c")
            }
            for role in [ann, .anonymous] {
                let refusal = await #expect(throws: PostgresError.self) {
                    try await database.withSession(as: role) { _ = try await $0.webUsers.delete(people.ann) }
                }
                #expect(refusal?.sqlState == PostgresSQLState.insufficientPrivilege)
            }
            let deleted = try await database.withSession(as: .service) { try await $0.webUsers.delete(people.ann) }
            #expect(deleted)
        }
    }

    @Test func listsReadTheirIndexes() async throws {
        try await withPlatform { platform in
            try await insertMany(
                into: ["web_users", "repositories"], platform.configuration,
                """
                INSERT INTO web_users (id, github_id, github_username, created_at)
                SELECT md5(n::text)::uuid, n + 10, 'user-' || n, timestamptz '2025-01-01' + n * interval '1 second'
                FROM generate_series(1, 100000) n
                """,
                """
                INSERT INTO repositories (user_id, github_repo_id, owner, name, full_name, is_active, created_at)
                SELECT md5((n % 100000 + 1)::text)::uuid, n + 10, 'o', 'r' || n, 'o/r' || n, n % 3 = 0,
                  timestamptz '2025-01-01' + n * interval '1 second'
                FROM generate_series(1, 1000000) n
                """)
            try await withPlans(platform.configuration) { database, plans in
                let users = try await plans.plan {
                    try await database.withSession(as: .service) { try await $0.webUsers.list(limit: 100) }
                }
                #expect(users.result.rows.last?.repositories.count == 10)
                #expect(users.text.contains("idx_web_users_created_at_id"), "\(users.text)")
                #expect(!users.text.contains("Seq Scan"), "\(users.text)")
                let user = try #require(users.result.rows.last?.id)
                let own = try await plans.plan {
                    try await database.withSession(as: .service) { try await $0.repositories.list(of: user) }
                }
                #expect(own.result.rows.count == 10)
                #expect(own.text.contains("idx_repositories_user_created_at_id"), "\(own.text)")
                let active = try await plans.plan {
                    try await database.withSession(as: .service) { try await $0.repositories.active(of: user) }
                }
                #expect(!active.result.isEmpty)
                #expect(active.text.contains("idx_repositories_active_user_full_name"), "\(active.text)")
            }
        }
    }
}
