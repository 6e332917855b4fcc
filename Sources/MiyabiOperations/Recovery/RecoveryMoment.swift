import DynamoDB
import FoundationEssentials
import Logging
import Postgres

/// A moment in the past of a running home, and what it takes to restore it.
struct RecoveryMoment: Sendable {
    let time: Date
    /// The home that runs.
    let source: Settings
    /// The tables that there were, and still are.
    let tables: [String]
    /// The segments of the WAL from a backup's beginning to after the moment.
    let segments: [String]
    let logger: Logger

    /// Sees to it that the moment can be restored, and that PostgreSQL's WAL is there up to it.
    ///
    /// - Throws: `recovery` when a part is missing.
    init(_ time: Date, of source: Settings, after backup: Backup, logger: Logger) async throws {
        guard let policy = try RecoveryPolicy.read(of: source.home), let postgres = backup.postgres,
            postgres.log == policy.log, backup.tables != nil
        else {
            throw OperationsError(
                .recovery, "point-in-time recovery is off in \(source.home), or was when \(backup.name) was made",
                advice: "That backup can be restored as it is: miyabi restore \(backup.name)")
        }
        self.time = time
        self.source = source
        self.logger = logger
        tables = try await MiyabiEnvironment.withConnection(
            home: source.home.path, needing: [.dynamoDB], logger: logger
        ) { try await Self.tables(at: time, of: $0.dynamoDB) }
        let cluster = try await RunningCluster.find(source, program: "miyabi restore")
        let last = try await cluster.withConnection(logger: logger) { connection in
            // A commit after the moment: only by it does the server know that it has replayed enough.
            _ = try await connection.query("SELECT pg_current_xact_id()")
            return try await connection.query("SELECT pg_walfile_name(pg_switch_wal())")[0].decode(String.self)
        }
        let log = policy.log
        guard await Polling.until(within: .seconds(60), { Files.exists(log.file(last)) }),
            let names = try log.names(from: postgres.firstSegment, to: last), !names.isEmpty
        else {
            throw OperationsError(
                .recovery, "the WAL from \(postgres.firstSegment) to \(last) is not whole in \(log.path)",
                advice: "`miyabi recovery status` tells what can be restored.")
        }
        segments = names.map(log.file)
    }

    /// The tables that there were, if the history of all reaches back so far.
    private static func tables(at time: Date, of dynamoDB: any DynamoDBAPI) async throws -> [String] {
        let moment = time.timeIntervalSince1970
        var tables: [String] = []
        for try await page in dynamoDB.tablePages() {
            for name in page.tableNames where !isCopy(name) {
                let table = try await dynamoDB.describeTable(DescribeTableInput(tableName: name)).table
                if let creation = table.creationDateTime, creation > moment { continue }
                let recovery = try await dynamoDB.describeContinuousBackups(
                    DescribeContinuousBackupsInput(tableName: name)
                ).continuousBackupsDescription?.pointInTimeRecoveryDescription
                guard let earliest = recovery?.earliestRestorableDateTime, earliest <= moment else {
                    throw OperationsError(
                        .recovery, "the history of the table \(name) does not reach back to \(time.iso)",
                        advice:
                            "A table that was made after `miyabi recovery enable` has none before that is run again.")
                }
                tables.append(name)
            }
        }
        return tables
    }

    // MARK: PostgreSQL

    /// The settings that were there before those of the recovery.
    struct Replay: Sendable {
        private static let settingsFile = "data/postgresql.auto.conf"
        private static let logDirectory = "wal"

        fileprivate let settings: String

        /// Removes what only the recovery needed.
        func finish(in root: String) throws(OperationsError) {
            let path = "\(root)/\(Self.settingsFile)"
            try Files.write(settings, to: path, owner: try ServiceAccount.required())
            try Files.remove("\(root)/\(Self.logDirectory)")
        }

        fileprivate init(of moment: RecoveryMoment, in root: String) throws(OperationsError) {
            let path = "\(root)/\(Self.settingsFile)"
            guard let settings = Files.read(path) else { throw .system("read", path) }
            self.settings = settings
            let directory = "\(root)/\(Self.logDirectory)"
            try Files.makeDirectory(directory)
            for segment in moment.segments {
                try Files.copy(segment, to: "\(directory)/\(segment.split(separator: "/").last ?? "")")
            }
            // Names of time zones, even "Z", are not known yet when the server reads this.
            let time = moment.time.iso.replacing("T", with: " ").replacing("Z", with: "+00")
            let parameters = [
                ServerParameter("restore_command", "cp \"../\(Self.logDirectory)/%f\" \"%p\"", ""),
                ServerParameter("recovery_target_time", time, ""),
                ServerParameter("recovery_target_action", "promote", ""),
                // Nobody is let in before it is done.
                ServerParameter("hot_standby", "off", ""),
            ]
            try Files.write(settings + parameters.map { $0.line + "\n" }.joined(), to: path)
            try Files.write("", to: "\(root)/data/recovery.signal")
        }
    }

    /// Makes a cluster that was just unpacked one that replays the WAL up to the moment when it is started.
    func prepare(in root: String) throws(OperationsError) -> Replay {
        try Replay(of: self, in: root)
    }

    // MARK: DynamoDB

    /// What the tables are called in the running engine while they are copied.
    private static let prefix = "miyabi-restore-in-progress-"

    /// Whether a table is such a copy.
    static func isCopy(_ name: String) -> Bool { name.hasPrefix(prefix) }

    /// Has the running engine make each table as it was, and a backup of that for another engine's directory.
    func backUpTables(
        into directory: String, onStep: @Sendable (String) -> Void
    ) async throws -> [Backup.Table] {
        try Files.makeDirectory(directory + "/backups")
        return try await MiyabiEnvironment.withConnection(
            home: source.home.path, needing: [.dynamoDB], logger: logger
        ) { environment in
            let dynamoDB = environment.dynamoDB
            for try await page in dynamoDB.tablePages() {
                for name in page.tableNames where Self.isCopy(name) { try await remove(name, from: dynamoDB) }
            }
            var backups: [Backup.Table] = []
            for name in tables {
                onStep("DynamoDB table \(name) as it was")
                backups.append(try await backUp(name, of: dynamoDB, into: directory + "/backups"))
            }
            return backups
        }
    }

    private func backUp(
        _ name: String, of dynamoDB: any DynamoDBAPI, into directory: String
    ) async throws -> Backup.Table {
        let copy = Self.prefix + name.prefix(200)
        _ = try await dynamoDB.restoreTableToPointInTime(
            RestoreTableToPointInTimeInput(
                sourceTableName: name, targetTableName: copy, restoreDateTime: time.timeIntervalSince1970))
        do {
            try await dynamoDB.waitUntilActive(copy, timeout: .seconds(1_000_000))
            let table = try await TableBackup(dynamoDB: dynamoDB, settings: source)
                .make(name, itemsOf: copy, into: directory)
            try await remove(copy, from: dynamoDB)
            return table
        } catch {
            try? await remove(copy, from: dynamoDB)
            throw error
        }
    }

    private func remove(_ name: String, from dynamoDB: any DynamoDBAPI) async throws {
        _ = try await dynamoDB.deleteTable(DeleteTableInput(tableName: name))
    }
}
