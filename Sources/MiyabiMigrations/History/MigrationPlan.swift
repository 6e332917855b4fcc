/// What is to be run, decided before anything runs.
public struct MigrationPlan: Sendable, Hashable {
    /// Towards the newest schema, or back.
    public enum Direction: Sendable, Hashable {
        case up, down
    }

    /// One script to run.
    public struct Step: Sendable, Hashable {
        /// The migration that the step brings about or takes back.
        public let migration: Migration
        /// Whether it brings it about or takes it back.
        public let direction: Direction
        /// The migration's up or down script.
        public let script: MigrationScript
    }

    /// Whose migrations they are.
    public let series: MigrationSeries
    /// The steps in the order in which they run.
    public let steps: [Step]

    /// Runs everything that is pending, up to `target` if there is one.
    ///
    /// - Throws: ``MigrationError`` with code `invalidHistory`, `invalidTarget` or `unusableScript`.
    public static func up(
        _ history: MigrationHistory, target: Int64? = nil, policy: MigrationPolicy = MigrationPolicy()
    ) throws(MigrationError) -> MigrationPlan {
        try check(history, policy)
        if let target {
            try checkExists(target, in: history)
            guard target >= history.latestVersion else {
                throw MigrationError(
                    .invalidTarget,
                    "version \(history.latestVersion) is applied, which is past \(target); `miyabi migrate revert"
                        + " --target-version \(target)` goes back")
            }
        }
        return try MigrationPlan(
            history.series,
            checked: history.pending
                .filter { $0.version <= target ?? .max }
                .map { Step(migration: $0, direction: .up, script: $0.up) })
    }

    /// Takes back the latest migration, or every one after `target`; 0 takes all back.
    ///
    /// - Throws: ``MigrationError`` with code `invalidHistory`, `invalidTarget`, `irreversible` or `unusableScript`.
    public static func down(
        _ history: MigrationHistory, target: Int64? = nil, policy: MigrationPolicy = MigrationPolicy()
    ) throws(MigrationError) -> MigrationPlan {
        try check(history, policy)
        if let target, target != 0 {
            try checkExists(target, in: history)
            guard target <= history.latestVersion else {
                throw MigrationError(
                    .invalidTarget,
                    "only version \(history.latestVersion) is applied, which is before \(target); `miyabi migrate run"
                        + " --target-version \(target)` goes forward")
            }
        }
        let applied = history.applied.filter { !policy.ignoresMissing || history.migration($0.version) != nil }
        let rows = target.map { target in applied.filter { $0.version > target } } ?? applied.suffix(1)
        var steps: [Step] = []
        for row in rows.reversed() {
            guard let migration = history.migration(row.version), let script = migration.down else {
                throw MigrationError(
                    .irreversible, "\(row.version) (\(row.description)) cannot be reverted: it has no .down.sql")
            }
            steps.append(Step(migration: migration, direction: .down, script: script))
        }
        return try MigrationPlan(history.series, checked: steps)
    }

    private init(_ series: MigrationSeries, checked steps: [Step]) throws(MigrationError) {
        self.series = series
        for script in steps.map(\.script) where script.isUnwritten {
            throw MigrationError(
                .unwritten,
                "nothing was run, because \(script.fileName) has no statements yet: write them, or delete its"
                    + " \"\(MigrationScript.toDo)\" where there is nothing to do")
        }
        // The way back is read before the way forward is taken.
        for script in steps.flatMap({ [$0.script, $0.migration.down].compactMap(\.self) }) {
            guard let fault = script.parsed.faults.first else { continue }
            throw MigrationError(
                .unusableScript, fault.message,
                excerpt: SourceExcerpt(file: script.fileName, script: script.sql, offset: fault.offset))
        }
        self.steps = steps
    }

    private static func check(_ history: MigrationHistory, _ policy: MigrationPolicy) throws(MigrationError) {
        let problems = history.problems.filter { !policy.tolerates($0) }
        guard problems.isEmpty else {
            throw MigrationError(
                .invalidHistory,
                "nothing was run, because the database and the migration files differ:\n"
                    + problems.map(\.description).joined(separator: "\n"))
        }
    }

    private static func checkExists(_ target: Int64, in history: MigrationHistory) throws(MigrationError) {
        guard history.migration(target) == nil else { return }
        let known = history.migrations.map { String($0.version) }.joined(separator: ", ")
        throw MigrationError(
            .invalidTarget,
            "there is no migration with version \(target); the source has \(known.isEmpty ? "none" : known)")
    }
}
