import Foundation
import MiyabiDatabase
import MiyabiImport
import MiyabiTestSupport
import Postgres
import Testing

/// An import finds its own way where others were first: of a webhook's repository somebody has a claim, and other rows have
/// the ids that it would give, left over from when users could choose them.
@Suite struct SquattedImportTests {
    private static let line =
        #"{"event":"issues","payload":{"issue":{"number":1,"updated_at":"2025-11-29T10:30:00Z"},"#
        + #""sender":{"id":21,"login":"aoi"},"repository":{"id":22,"full_name":"aoi/tea"}}}"#

    @Test func theRowsAreWhoseTheyAre() async throws {
        try await withTemporaryFile(Array(Self.line.utf8)) { path in
            // The ids that an import gives.
            let given = try await Self.importing(path) { _, _ in }
            let other = try await Self.importing(path) { relations, squatter in
                _ = try await relations.webUsers.insertMissing([
                    .init(id: given.user, user: GitHubUser(githubID: 900, username: "somebody"))
                ])
                let app = GitHubRepository(githubID: 901, owner: "bob", name: "other")
                _ = try await relations.repositories.insertMissing([
                    .init(id: given.repository, userID: squatter, repository: app)
                ])
                try await relations.connection.execute(
                    """
                    INSERT INTO repositories (user_id, github_repo_id, owner, name, full_name, is_verified)
                    VALUES (\(squatter), 22, 'aoi', 'tea', 'aoi/tea', false)
                    """)
            }
            #expect(other.user != given.user && other.repository != given.repository)
        }
    }

    /// Imports a file that names the user 21 and the repository 22, and checks that the run is theirs.
    ///
    /// - Returns: Their rows.
    private static func importing(
        _ path: String, after prepare: @escaping @Sendable (Relations, UUID) async throws -> Void
    ) async throws -> (user: UUID, repository: UUID) {
        let found = Found()
        try await withPlatform(named: "import \(UUID())") { platform in
            let database = platform.database
            let squatter = UUID()
            try await database.withSession(as: .service) { relations in
                _ = try await relations.webUsers.insertMissing([
                    .init(id: squatter, user: GitHubUser(githubID: 9, username: "squatter"))
                ])
                try await prepare(relations, squatter)
            }
            let summary = try await GitHubImporter(database: database).run(LineReader(path: path))
            #expect(summary.imported == 1 && summary.repositories == 1 && summary.executions == 1)
            let rows = try await database.withSession(as: .service) { relations in
                let user = try await relations.webUserID(named: "aoi")
                let repository = try #require(try await relations.repositories.ids(githubIDs: [22])[22])
                let run = try #require(try await relations.executions.list().rows.first)
                #expect(run.userID == user && run.repositoryID == repository)
                return (user, repository)
            }
            await found.set(rows)
            // The same file again changes nothing.
            let again = try await GitHubImporter(database: database).run(LineReader(path: path))
            #expect(again.imported == 0 && again.repositories == 0)
        }
        return try #require(await found.rows)
    }

    private actor Found {
        private(set) var rows: (user: UUID, repository: UUID)?
        func set(_ rows: (UUID, UUID)) { self.rows = rows }
    }
}
