import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

/// Nobody gets a repository or a run by being the first to name it.
@Suite struct RepositoryClaimTests {
    private static let app = GitHubRepository(githubID: 7, owner: "ann", name: "app")

    @Test func aClaimIsNoRepositoryOfAnAgent() async throws {
        try await withPeople { database, people in
            let bob = PostgresSessionRole.user(try VerifiedClaims(subject: people.bob))
            let claim = try await database.withSession(as: bob) { relations in
                let claim = try await relations.repositories.claim(Self.app, for: people.bob)
                #expect(!claim.isVerified && claim.isActive)
                #expect(try await relations.repositories.list(of: people.bob).rows == [claim])
                #expect(try await relations.repositories.active(of: people.bob).isEmpty)
                return claim
            }
            let refusal = await #expect(throws: PostgresError.self) {
                try await database.withSession(as: bob) {
                    try await $0.executions.request(.review, for: people.bob, on: claim.id)
                }
            }
            #expect(refusal?.sqlState == PostgresSQLState.insufficientPrivilege)
            try await database.withSession(as: .service) { relations in
                let ids = try await relations.repositories.ids(githubIDs: [7])
                #expect(ids.isEmpty)
                #expect(try await relations.repositories.find(fullName: "ann/app").isEmpty)
                #expect(try await relations.repositories.verify(claim.id)?.isVerified == true)
                #expect(try await relations.repositories.ids(githubIDs: [7]) == [7: claim.id])
                #expect(try await relations.repositories.verify(UUID()) == nil)
            }
            let run = try await database.withSession(as: bob) {
                try await $0.executions.request(.review, for: people.bob, on: claim.id, issueNumber: 3)
            }
            #expect(run.status == .pending && run.issueNumber == 3)
        }
    }

    /// A run that was asked for waits while its repository is called by a name that nobody has verified.
    @Test func aRunWaitsForItsRepository() async throws {
        try await withPeople { database, people in
            let ann = PostgresSessionRole.user(try VerifiedClaims(subject: people.ann))
            let run = try await database.withSession(as: ann) { relations in
                let run = try await relations.executions.request(.codeGen, for: people.ann, on: people.repository)
                try await relations.connection.execute(
                    "UPDATE repositories SET owner = 'victim', full_name = 'victim/' || name WHERE id = \(people.repository)"
                )
                return run
            }
            try await database.withSession(as: .service) { relations in
                #expect(try await relations.executions.claim(5, as: "test").isEmpty)
                try await relations.repositories.verify(people.repository)
                #expect(try await relations.executions.claim(5, as: "test").map(\.execution.id) == [run.id])
            }
        }
    }

    /// A claim that is being made while a service inserts the repository: the service waits, and takes it.
    @Test func aClaimMadeMeanwhileGivesWay() async throws {
        try await withPeople { database, people in
            var bob = PostgresSessionRole.user(try VerifiedClaims(subject: people.bob))
            // On a busy machine the other session takes its time.
            bob.settings["idle_in_transaction_session_timeout"] = "0"
            let new = RepositoryStore.New(id: UUID(), userID: people.ann, repository: Self.app)
            let insertion = try await database.withSession(as: bob) { relations in
                _ = try await relations.repositories.claim(Self.app, for: people.bob)
                let insertion = Task {
                    try await database.withSession(as: .service) { try await $0.repositories.insertMissing([new]) }
                }
                let waiting: PostgresQuery = """
                    SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
                    """
                for _ in 0..<1000 where try await database.postgres.queryAsOwner(waiting).first == nil {
                    try await Task.sleep(for: .milliseconds(10))
                }
                return insertion
            }
            let inserted = try await insertion.value.map { try $0.id }
            #expect(inserted == [new.id])
            let kept = try await database.withSession(as: .service) { try await $0.repositories.repository(new.id) }
            #expect(kept?.userID == people.ann && kept?.isVerified == true)
        }
    }
}
