import Foundation
import Testing

/// The development data: something in every table, and the same however often it is loaded.
struct SeedTests {
    @Test func loadingTwiceChangesNothing() async throws {
        let directory = MigrationScript.directory.appending(path: "../seeds")
        let files = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(".sql") }
        let seeds = try files.sorted().map { try String(contentsOf: directory.appending(path: $0), encoding: .utf8) }
        #expect(!seeds.isEmpty)

        try await SchemaDatabase.with(version: MigrationScript.latest) { database in
            for seed in seeds { try await database.transaction(seed) }
            let rows = try await database.rows()
            #expect(rows.count == 18 && rows.allSatisfy { !$0.hasSuffix(": []") })

            for seed in seeds { try await database.transaction(seed) }
            let again = try await database.rows()
            #expect(again == rows)
            try await database.expect(
                "SELECT rating::text FROM plugins WHERE id = 'miyabi-operations-pro'", gives: ["4.50"])
        }
    }
}
