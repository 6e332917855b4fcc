import MiyabiSystem
import Postgres

/// Runs one step of a plan on a session that has the migration lock.
struct MigrationStepRunner {
    let step: MigrationPlan.Step
    let table: MigrationTable
    let connection: PostgresConnection
    let settings: SessionSettings
    let watch: LockWatch

    private var script: MigrationScript { step.script }

    /// Runs the step and writes it down.
    ///
    /// - Returns: how long it took.
    /// - Throws: ``MigrationError`` with code `scriptFailed`, `interrupted` or `invalidIndex`. After a transactional step
    ///   the database is as it was; otherwise the step's row is dirty.
    func run() async throws -> Duration {
        let start = ContinuousClock.now
        if script.isTransactional {
            try await runInTransaction(since: start)
        } else {
            try await runOutsideTransaction(since: start)
        }
        return ContinuousClock.now - start
    }

    private func runInTransaction(since start: ContinuousClock.Instant) async throws {
        do {
            try await connection.withTransaction { connection in
                try await runStatements(on: connection, aftermath: "\(script.fileName) was rolled back.")
                try await settings.apply(on: connection)
                try await table.record(step, took: ContinuousClock.now - start, on: connection)
            }
        } catch let error as PostgresError where error.code == .commitOutcomeUnknown {
            throw MigrationError(
                error, in: nil, of: script,
                aftermath: "Whether \(script.fileName) was committed is unknown; check with `miyabi migrate info`.")
        } catch let error as PostgresError {
            // Not a statement of the script: a deferred constraint that COMMIT checks, or the bookkeeping.
            throw MigrationError(error, in: nil, of: script, aftermath: "\(script.fileName) was rolled back.")
        }
    }

    private func runOutsideTransaction(since start: ContinuousClock.Instant) async throws {
        let before = Set(try await InvalidIndex.all(on: connection))
        try await table.recordBeginning(of: step, on: connection)
        do {
            if let waiting = settings.sqlOfWaiting(for: script) { try await connection.executeScript(waiting) }
            try await runStatements(on: connection, aftermath: "")
            try await settings.apply(on: connection)
        } catch {
            throw await dirty(error, indexes: suspects(before: before))
        }
        let indexes = try await suspects(before: before).get()
        guard indexes.isEmpty else {
            throw MigrationError(
                .invalidIndex, "every statement of \(script.fileName) succeeded, but:" + indexes.advice + advice)
        }
        try await table.recordEnd(of: step, took: ContinuousClock.now - start, on: connection)
    }

    private func runStatements(on connection: PostgresConnection, aftermath: String) async throws {
        for statement in script.parsed.statements {
            do {
                try await connection.executeScript(statement.text)
            } catch let error as PostgresError {
                try Task.checkCancellation()
                throw MigrationError(error, in: statement, of: script, aftermath: blame(error) + aftermath)
            }
        }
    }

    /// The invalid indexes that this step has to answer for: those that were not there before, and those that it names,
    /// since `CREATE INDEX CONCURRENTLY IF NOT EXISTS` passes over an invalid index without a word.
    ///
    /// Looks in a task of its own, for it must look after the step was cancelled, too.
    private func suspects(before: Set<InvalidIndex>) async -> Result<[InvalidIndex], any Error> {
        await Task { [connection] in try await InvalidIndex.all(on: connection) }.result
            .map { $0.filter { !before.contains($0) || names($0) } }
    }

    /// Whether the script builds an index of this name.
    private func names(_ index: InvalidIndex) -> Bool {
        script.parsed.statements.contains { statement in
            statement.words.contains { $0 == "INDEX" || $0 == "REINDEX" }
                && (statement.words.contains(index.name.uppercased())
                    || statement.text.contains(PostgresIdentifier.quote(index.name)))
        }
    }

    private func dirty(_ error: any Error, indexes: Result<[InvalidIndex], any Error>) -> any Error {
        let found =
            switch indexes {
            case .success(let indexes): indexes.advice
            case .failure: "\nWhether it left an invalid index could not be looked up: the connection is gone."
            }
        switch error {
        case let error as MigrationError:
            return MigrationError(
                error.code, error.message + found + advice, excerpt: error.excerpt, sqlState: error.sqlState)
        case let error as PostgresError:
            return MigrationError(error, in: nil, of: script, aftermath: found + advice)
        default:
            return MigrationError(.interrupted, "\(script.fileName) was interrupted." + found + advice)
        }
    }

    private var advice: String {
        """

        Its row is dirty, since a script outside a transaction cannot be rolled back. \
        \(table.dirtyAdvice(version: step.migration.version))
        """
    }

    /// For whom a statement waited that gave up; empty for every other error.
    private func blame(_ error: PostgresError) -> String {
        guard error.sqlState == PostgresSQLState.lockNotAvailable else { return "" }
        let wait = watch.lastWait.map { "It waited for \($0).\n" } ?? ""
        return wait
            + """
            lock_timeout was \(settings.lockTimeout.short): while a migration waits, everybody who comes after it waits too. \
            Try again when the others are done, or give it longer with MIYABI_LOCK_TIMEOUT.

            """
    }
}

/// An index that the server maintains and does not use: what `CREATE INDEX CONCURRENTLY` leaves when it fails.
struct InvalidIndex: Hashable {
    /// The index's name.
    let name: String
    /// The name with its schema, quoted.
    let qualifiedName: String
    /// The table's name with its schema, quoted.
    let table: String

    /// The invalid indexes of the database, but for those that some session is building just now.
    static func all(on connection: PostgresConnection) async throws -> [InvalidIndex] {
        try await connection.query(
            """
            SELECT c.relname::text, format('%I.%I', n.nspname, c.relname), format('%I.%I', tn.nspname, t.relname)
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace tn ON tn.oid = t.relnamespace
            WHERE NOT i.indisvalid
              AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
            ORDER BY 2
            """
        ).decode((String, String, String).self).map { InvalidIndex(name: $0, qualifiedName: $1, table: $2) }
    }
}

extension Sequence<InvalidIndex> {
    /// One line an index: what it is and how to be rid of it. Empty when there is none.
    var advice: String {
        map { index in
            """

            index \(index.qualifiedName) on \(index.table) is invalid; drop it with:
                DROP INDEX CONCURRENTLY \(index.qualifiedName);
            """
        }.joined()
    }
}

/// What a migrator tells while it works.
public enum MigrationEvent: Sendable, CustomStringConvertible {
    /// Another migrator has the lock, and we wait.
    case waiting(MigrationLockHolder?)
    /// Files and database do not agree, and the migrator goes on all the same.
    case noticed(MigrationProblem)
    /// A step begins.
    case started(MigrationPlan.Step)
    /// A step waits for a lock. Told again when it is another lock, or other sessions hold it.
    case waitingForLock(MigrationPlan.Step, LockWait)
    /// A step keeps so many other sessions waiting. Told again when there are more.
    case holdingUp(MigrationPlan.Step, sessions: Int)
    /// A step is done, and committed.
    case finished(MigrationPlan.Step, Duration)

    /// What happened, in one line or several.
    public var description: String {
        switch self {
        case .waiting(let holder): "waiting for another migrator" + (holder.map { ": \($0)" } ?? "")
        case .noticed(let problem): "\(problem)"
        case .started(let step): "running \(step.script.fileName)"
        case .waitingForLock(let step, let wait): "\(step.script.fileName) waits for \(wait)"
        case .holdingUp(let step, let sessions):
            "\(step.script.fileName) holds a lock that \(sessions) other session(s) wait for"
        case .finished(let step, let duration):
            "\(step.direction == .up ? "applied" : "reverted") \(step.script.fileName) (\(duration.short))"
        }
    }
}
