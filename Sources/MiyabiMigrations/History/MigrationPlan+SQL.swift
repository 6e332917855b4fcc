import MiyabiSystem

extension MigrationPlan {
    /// The plan as a script for psql that does what the migrator would do, bookkeeping and all.
    public var sql: String {
        steps.map(\.sql).joined(separator: "\n")
    }
}

extension MigrationPlan.Step {
    fileprivate var sql: String {
        let body = script.sql.hasSuffix("\n") ? script.sql : script.sql + "\n"
        // A last statement without its semicolon would run into the bookkeeping.
        let separator = script.parsed.endsOpen ? ";\n" : ""
        let title = "-- \(script.fileName)\n"
        guard script.isTransactional else {
            return title + bookkeepingBefore + "\n" + body + separator + bookkeepingAfter + "\n"
        }
        return title + "BEGIN;\n" + body + separator + bookkeepingInside + "\nCOMMIT;\n"
    }

    private var row: String {
        let description = migration.description.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "''")
        return "\(migration.version), '\(description)', '\\x\(migration.up.checksum.hex)'"
    }

    private func insert(success: Bool) -> String {
        "INSERT INTO _sqlx_migrations (version, description, checksum, success, execution_time)"
            + " VALUES (\(row), \(success), -1);"
    }

    private func update(success: Bool) -> String {
        "UPDATE _sqlx_migrations SET success = \(success) WHERE version = \(migration.version);"
    }

    private var delete: String {
        "DELETE FROM _sqlx_migrations WHERE version = \(migration.version);"
    }

    private var bookkeepingInside: String {
        direction == .up ? insert(success: true) : delete
    }

    private var bookkeepingBefore: String {
        direction == .up ? insert(success: false) : update(success: false)
    }

    private var bookkeepingAfter: String {
        direction == .up ? update(success: true) : delete
    }
}
