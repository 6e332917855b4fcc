import Postgres
import Testing

/// Downloads are counted once each, and nobody who counts waits for anybody.
@Suite struct CountingTests {
    private static let download = "SELECT increment_downloads('owners')::text"
    private static let downloads = "SELECT id || ' ' || downloads FROM plugins ORDER BY id"

    @Test func everyDownloadIsCounted() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            // The first is there at once, as it was before there was anything to fold.
            _ = try await database.strings(Self.download)
            try await database.expect(Self.downloads, gives: ["another 0", "owners 1"])

            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await database.withSession { session in
                            for _ in 0..<25 { _ = try await session.strings(Self.download) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            _ = try await database.strings("SELECT fold_plugin_counts()::text")
            try await database.expect(Self.downloads, gives: ["another 0", "owners 201"])
            try await database.expectCount(0, "FROM counting.plugin_changes")
            // What is counted is no change of the rating, nor the other way round.
            try await database.expect("SELECT rating::text FROM plugins WHERE id = 'owners'", gives: ["4.00"])
        }
    }

    /// Somebody edits the plugin and does not commit.
    @Test func nobodyWaitsForWhoChangesThePlugin() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            try await database.connection.withTransaction { editor in
                try await editor.script("UPDATE plugins SET description = 'd'")
                try await database.withSession { session in
                    try await session.script("SET statement_timeout = '20s'")
                    for _ in 0..<3 { _ = try await session.strings(Self.download) }
                    try await session.expect(.rows(1), "SELECT fold_plugin_counts()")
                    #expect(try await session.strings(Self.downloads) == ["another 0", "owners 0"])
                }
            }
            try await database.expect("SELECT fold_plugin_counts()::text", gives: ["1"])
            try await database.expect(Self.downloads, gives: ["another 0", "owners 3"])
        }
    }

    /// A transaction of one snapshot counts too, and fails for nobody who folds meanwhile.
    @Test func aSnapshotCountsWithoutFolding() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            try await database.withSession { session in
                try await session.withTransaction(isolation: .repeatableRead) { session in
                    _ = try await session.strings(Self.downloads)
                    _ = try await database.strings(Self.download)
                    _ = try await session.strings(Self.download)
                    try await session.script(
                        """
                        INSERT INTO plugin_reviews (plugin_id, user_id, rating)
                        VALUES ('owners', '\(AccessFixture.other)', 5)
                        """)
                }
            }
            _ = try await database.strings("SELECT fold_plugin_counts()::text")
            try await database.expect(Self.downloads, gives: ["another 0", "owners 2"])
            try await database.expect("SELECT rating::text FROM plugins WHERE id = 'owners'", gives: ["4.50"])
        }
    }

    @Test func whatIsLeftOfAPluginGoes() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            try await database.script(
                """
                INSERT INTO counting.plugin_changes (plugin_id, downloads, is_reviewed) VALUES ('another', 1, false);
                DELETE FROM plugins WHERE id = 'another';
                SELECT fold_plugin_counts();
                """)
            try await database.expectCount(0, "FROM counting.plugin_changes")
        }
    }

    /// Neither what was counted nor the counting is anybody's but the services'.
    @Test(arguments: [
        "SELECT fold_plugin_counts()", "SELECT FROM counting.folds",
        "INSERT INTO counting.plugin_changes (plugin_id, downloads, is_reviewed) VALUES ('owners', 9, false)",
    ])
    func countingIsForServices(_ statement: String) async throws {
        try await SchemaDatabase.withFixture { database in
            for identity in [Identity.anon, .owner, .other, .admin] {
                try await database.expect(.denied, statement, as: identity)
            }
            try await database.expect(.rows(1), statement, as: .service)
        }
    }

    /// What was counted is there when the old way of counting comes back.
    @Test func itRevertsWithWhatWasCounted() async throws {
        let migration = try #require(MigrationScript.all.first { $0.name.hasSuffix("plugin_counts") })
        try await SchemaDatabase.with(version: migration.version) { database in
            try await database.script(AccessFixture.sql)
            for _ in 0..<3 { _ = try await database.strings(Self.download) }
            try await database.transaction(migration.down)
            try await database.expect(Self.downloads, gives: ["another 0", "owners 3"])
        }
    }
}
