import Foundation
import MiyabiSystem
import Postgres
import Testing

@testable import MiyabiMigrations

extension SchemaDatabase {
    /// The schema as `pg_dump --schema-only` writes it, and what belongs to the database itself.
    func dumpSchema() async throws -> String {
        let output = FileManager.default.temporaryDirectory.appending(path: "schema-\(UUID().uuidString).sql")
        defer { try? FileManager.default.removeItem(at: output) }

        let dump = ChildProcess.Command(
            executable: "/usr/bin/env", arguments: ["pg_dump", "--schema-only", "--no-password"],
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, output: output.path)
        try #require(try await ChildProcess.run(dump) == .code(0))

        // Each dump is fenced by \restrict and \unrestrict with a random word.
        let dumped = try String(contentsOf: output, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("\\restrict") && !$0.hasPrefix("\\unrestrict") }
            .joined(separator: "\n")
        return try await dumped + "\n" + ownSettings()
    }

    /// Whether everybody may make temporary tables, and where sessions look for names.
    func ownSettings() async throws -> String {
        try await strings(
            """
            SELECT has_database_privilege('public', oid, 'TEMPORARY')::text || ' ' || coalesce(
                (SELECT setconfig::text FROM pg_db_role_setting s WHERE s.setdatabase = d.oid AND s.setrole = 0), '')
            FROM pg_database d WHERE datname = current_database()
            """)[0]
    }

    /// Every table's rows, one string a table.
    func rows() async throws -> [String] {
        var rows: [String] = []
        for table in try await strings("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1") {
            let json = "SELECT coalesce(json_agg(r ORDER BY r::text), '[]')::text FROM \(table) AS r"
            rows.append("\(table): \(try await strings(json)[0])")
        }
        return rows
    }

    /// libpq's variables for this database.
    private var environment: [String: String] {
        let variables = ["host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"]
        return variables.reduce(into: ["PGPASSWORD": SchemaCluster.password]) { $0[$1.value] = configuration[$1.key] }
    }
}
