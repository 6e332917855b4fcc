import MiyabiSystem

extension MigrationPlan {
    /// The plan as a script for psql that does what the migrator would do, books and all, and stops at the first error. It
    /// takes the migrators' lock, or ends at once where another one has it.
    ///
    /// - Parameters:
    ///   - lock: The key of the migrators' lock.
    ///   - createsTable: Whether the table of the series is still to be made.
    func sql(settings: SessionSettings, lock: Int64, createsTable: Bool) -> String {
        guard !steps.isEmpty else { return "-- nothing to do\n" }
        let beginning = """
            \\set ON_ERROR_STOP on
            \\encoding UTF8
            DO $$BEGIN IF NOT pg_try_advisory_lock(\(lock)) THEN RAISE 'another migrator is at work'; END IF; END$$;
            \(settings.sql);

            """
        let creation = createsTable ? [MigrationTable.creation(series) + "\n"] : []
        return ([beginning] + creation + steps.map { $0.sql(table: series.table, settings: settings) })
            .joined(separator: "\n")
    }
}

extension MigrationPlan.Step {
    fileprivate func sql(table: String, settings: SessionSettings) -> String {
        // The name is a comment, and a file's name may hold line ends.
        let title = "-- " + script.fileName.map { $0.isNewline ? " " : String($0) }.joined()
        let body = script.sql.hasSuffix("\n") ? String(script.sql.dropLast()) : script.sql
        // A last statement without its semicolon would run into the books.
        var statements = [body] + (script.parsed.endsOpen ? [";"] : [])
        if !script.isTransactional, let waiting = settings.sqlOfWaiting(for: script) {
            statements.insert(waiting + ";", at: 0)
        }
        // What the script does to the session must not reach the books, nor the next script.
        statements.append(settings.sql + ";")
        return ([title] + bookkeeping(around: statements, in: table)).joined(separator: "\n") + "\n"
    }

    private func bookkeeping(around statements: [String], in table: String) -> [String] {
        let delete = "DELETE FROM \(table) WHERE version = \(migration.version);"
        func update(_ success: Bool) -> String {
            "UPDATE \(table) SET success = \(success) WHERE version = \(migration.version);"
        }
        return switch (script.isTransactional, direction) {
        case (true, .up): ["BEGIN;"] + statements + [insert(success: true, into: table), "COMMIT;"]
        case (true, .down): ["BEGIN;"] + statements + [delete, "COMMIT;"]
        case (false, .up): [insert(success: false, into: table)] + statements + [update(true)]
        case (false, .down): [update(false)] + statements + [delete]
        }
    }

    private func insert(success: Bool, into table: String) -> String {
        let description = migration.description.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "''")
        return "INSERT INTO \(table) (version, description, checksum, success, execution_time)"
            + " VALUES (\(migration.version), '\(description)', '\\x\(migration.up.checksum.hex)', \(success), -1);"
    }
}
