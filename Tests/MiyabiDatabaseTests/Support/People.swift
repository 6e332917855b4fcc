import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres

/// Users and repositories of the web UI for a test.
struct People {
    let ann = UUID()
    let bob = UUID()
    /// Ann's.
    let repository = UUID()

    func insert(into database: Database) async throws {
        try await database.withSession(as: .service) { relations in
            _ = try await relations.webUsers.insertMissing([
                .init(id: ann, user: GitHubUser(githubID: 1, username: "ann")),
                .init(id: bob, user: GitHubUser(githubID: 2, username: "bob")),
            ])
            _ = try await relations.repositories.insertMissing([
                .init(
                    id: repository, userID: ann, repository: GitHubRepository(githubID: 1, owner: "ann", name: "a'b"))
            ])
        }
    }
}

/// Gives `body` a database with such people, and removes it.
func withPeople(
    named name: String = #function, _ body: @escaping @Sendable (Database, People) async throws -> Void
) async throws {
    try await withPlatform(named: name) { platform in
        let people = People()
        try await people.insert(into: platform.database)
        try await body(platform.database, people)
    }
}
