import Foundation
import Fuzzing
import MiyabiDatabase
import Postgres
import Testing

/// Rows that the schema refuses cost the others nothing.
@Suite struct BulkInsertTests {
    /// A row, and how it is to end.
    private enum Fate: CaseIterable { case new, present, unowned, tooLong }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func everyRowEndsAsItWouldAlone(seed: UInt64) async throws {
        try await withPeople(named: "bulk \(seed)") { database, people in
            var random = SeededGenerator(seed: seed)
            let fates = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                // Most are sound, as they would be.
                Bool.random(using: &random) ? .new : Fate.allCases.randomElement(using: &random) ?? .new
            }
            let rows = fates.enumerated().map { number, fate in
                RepositoryStore.New(
                    id: UUID(), userID: fate == .unowned ? UUID() : people.ann,
                    repository: GitHubRepository(
                        githubID: fate == .present ? 1 : Int64(number + 10), owner: "ann",
                        name: fate == .tooLong ? String(repeating: "x", count: 300) : "it's \(number)"))
            }
            let results = try await database.withSession(as: .service) { relations in
                let results = try await relations.repositories.insertMissing(rows)
                // The transaction goes on.
                #expect(
                    try await relations.repositories.list(of: people.ann, limit: 1000).rows.count
                        == fates.count { $0 == .new } + 1)
                return results
            }
            #expect(results.count == rows.count)
            for (row, (fate, result)) in zip(rows, zip(fates, results)) {
                switch (fate, result) {
                case (.new, .inserted(let id)): #expect(id == row.id)
                case (.present, .present(let id)): #expect(id == people.repository)
                case (.unowned, .refused(let error as ConstraintViolation)):
                    #expect(error.kind == .foreignKey && error.table == "repositories" && error.fields == ["user_id"])
                case (.tooLong, .refused(let error as PostgresError)): #expect(error.sqlState == "22001")
                default: Issue.record("\(fate): \(result)")
                }
            }
            // Again: what is there is there, under its id.
            let again = try await database.withSession(as: .service) { try await $0.repositories.insertMissing(rows) }
            for (row, (fate, result)) in zip(rows, zip(fates, again)) where fate == .new {
                #expect(try !result.isNew && result.id == row.id)
            }
        }
    }

    @Test func twoRowsOfOneKeyAreOne() async throws {
        try await withPeople { database, people in
            let twins = (0..<2).map { _ in
                RepositoryStore.New(
                    id: UUID(), userID: people.bob, repository: GitHubRepository(githubID: 9, owner: "b", name: "c"))
            }
            let results = try await database.withSession(as: .service) { relations in
                try await relations.repositories.insertMissing(twins)
            }
            #expect(try results.map { try $0.isNew } == [true, false])
            #expect(try results.map { try $0.id } == [twins[0].id, twins[0].id])
        }
    }

    /// What a user may not write is an error of the whole call, and nothing is there.
    @Test func whatOneMayNotWriteIsNoResult() async throws {
        try await withPeople { database, people in
            let bob = PostgresSessionRole.user(try VerifiedClaims(subject: people.bob))
            let runs = [people.bob, people.ann].map {
                ExecutionStore.Pending(id: UUID(), userID: $0, agentType: .review)
            }
            let error = await #expect(throws: PostgresError.self) {
                try await database.withSession(as: bob) { _ = try await $0.executions.open(runs) }
            }
            #expect(error?.sqlState == PostgresSQLState.insufficientPrivilege)
            let own = try await database.withSession(as: bob) {
                try await $0.executions.list(.init(userID: people.bob))
            }
            #expect(own.rows.isEmpty)
        }
    }

    /// Writers of the same rows in any order, some of them refused: nobody waits in a circle.
    @Test(.timeLimit(.minutes(5))) func writersOfTheSameRowsFinish() async throws {
        try await withPeople { database, people in
            let rows = (0..<200).map { number in
                let name = number % 50 == 7 ? String(repeating: "x", count: 300) : "u\(number)"
                return WebUserStore.New(id: UUID(), user: GitHubUser(githubID: Int64(number + 10), username: name))
            }
            let inserted = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await database.withSession(as: .service) { relations in
                            let results = try await relations.webUsers.insertMissing(rows.shuffled())
                            return results.count { if case .inserted = $0 { true } else { false } }
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(inserted == 196)
        }
    }
}
