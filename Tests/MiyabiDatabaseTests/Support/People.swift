import Foundation
import MiyabiDatabase
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
                (id: ann, user: GitHubUser(githubID: 1, username: "ann")),
                (id: bob, user: GitHubUser(githubID: 2, username: "bob")),
            ])
            _ = try await relations.repositories.insertMissing([
                .init(
                    id: repository, userID: ann, repository: GitHubRepository(githubID: 1, owner: "ann", name: "a'b"))
            ])
        }
    }
}
