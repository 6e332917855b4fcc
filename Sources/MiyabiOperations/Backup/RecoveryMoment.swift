import DynamoDB
import Encryption
import FoundationEssentials
import Logging
import MiyabiHome
import MiyabiSystem
import Postgres

/// A moment in the past of a running home, and what it takes to restore it.
struct RecoveryMoment: Sendable {
    /// Milliseconds since 1970: both halves stop at the same.
    private let milliseconds: Int64
    /// The home that runs.
    let source: Settings
    /// The tables to restore.
    private let tables: [String]
    /// The segments of the WAL from a backup's beginning to after the moment.
    private let segments: [String]
    private let log: LogDirectory
    private let keys: MasterKeys?
    private let logger: Logger

    /// Sees to it that the moment can be restored, and that PostgreSQL's WAL is there up to it.
    ///
    /// - Parameters:
    ///   - backup: one from before the moment.
    ///   - exceptions: tables that are left out.
    ///   - keys: what opens the WAL.
    /// - Throws: `recovery` when a part is missing.
    init(
        _ time: Date, of source: Settings, after backup: Backup, without exceptions: Set<String>,
        keys: MasterKeys?, logger: Logger
    ) async throws {
        guard let policy = try RecoveryPolicy.read(of: source.home), let postgres = backup.postgres,
            postgres.log == policy.log, let earlierTables = backup.tables
        else {
            throw OperationsError(
                .recovery, "point-in-time recovery is off in \(source.home), or was when \(backup.name) was made",
                advice: "That backup can be restored as it is: miyabi restore \(backup.name)")
        }
        milliseconds = Int64((time.timeIntervalSince1970 * 1000).rounded())
        self.source = source
        self.logger = logger
        tables = try await Self.tables(
            at: time, of: source, earlier: earlierTables.map(\.name), without: exceptions, logger: logger)
        let last = try await Self.endSegment(of: source, logger: logger)
        try await Self.waitForSegment(last, in: policy.log)
        guard let names = try policy.log.names(from: postgres.firstSegment, to: last), !names.isEmpty else {
            throw OperationsError(
                .recovery, "the WAL from \(postgres.firstSegment) to \(last) is incomplete in \(policy.log.path)",
                advice: "`miyabi recovery status` shows what can be restored.")
        }
        segments = names
        log = policy.log
        self.keys = keys
    }

    /// Ends the segment of the WAL that is written now, which has a commit from after the moment: only by one does the server
    /// know that it has replayed enough.
    private static func endSegment(of source: Settings, logger: Logger) async throws -> String {
        let cluster = try await RunningCluster.find(source, program: "miyabi restore")
        return try await cluster.withConnection(logger: logger) { connection in
            _ = try await connection.query("SELECT pg_current_xact_id()")
            return try await connection.query("SELECT pg_walfile_name(pg_switch_wal())")[0].decode(String.self)
        }
    }

    /// Waits for a segment as long as others arrive.
    private static func waitForSegment(_ name: String, in log: LogDirectory) async throws {
        var arrived = -1
        while !log.has(name) {
            let now = try log.bytes()
            guard now != arrived else {
                throw OperationsError(
                    .recovery, "WAL segment \(name) did not arrive in \(log.path)",
                    advice: "`miyabi recovery status` shows why.")
            }
            arrived = now
            _ = await Polling.until(within: .seconds(30)) { log.has(name) }
        }
    }

    /// The tables that there were, if the history of all reaches back so far.
    private static func tables(
        at time: Date, of source: Settings, earlier: [String], without exceptions: Set<String>, logger: Logger
    ) async throws -> [String] {
        let moment = time.timeIntervalSince1970
        return try await MiyabiEnvironment.withConnection(
            source, needing: [.dynamoDB], logger: logger
        ) { environment in
            let dynamoDB = environment.dynamoDB
            var tables: [String] = []
            var unknown = exceptions.subtracting(earlier)
            for try await page in dynamoDB.tablePages() {
                unknown.subtract(page.tableNames)
                for name in page.tableNames where !exceptions.contains(name) {
                    let table = try await dynamoDB.describeTable(DescribeTableInput(tableName: name)).table
                    if table.isCopy || table.creationDateTime.map({ $0 > moment }) == true { continue }
                    let earliest = try await dynamoDB.recovery(of: name)?.earliestRestorableDateTime
                    guard let earliest, earliest <= moment else {
                        throw OperationsError(
                            .recovery, "the history of the table \(name) does not reach back to \(time.iso)",
                            advice: "Leave it out: --without \(name)")
                    }
                    tables.append(name)
                }
            }
            if let name = unknown.min() {
                throw OperationsError(.recovery, "there is no table \(name) to leave out, neither now nor at that time")
            }
            if let lost = earlier.first(where: { !tables.contains($0) && !exceptions.contains($0) }) {
                throw OperationsError(
                    .recovery, "the table \(lost) was deleted since, and its history with it",
                    advice: "The engine kept a backup of it from when it was deleted: "
                        + "aws dynamodb list-backups --backup-type SYSTEM\nTo restore the other tables: --without \(lost)"
                )
            }
            return tables
        }
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
                try moment.log.open(segment, to: "\(directory)/\(segment)", moment.keys)
            }
            let parameters = [
                ServerParameter("restore_command", "cp \"../\(Self.logDirectory)/%f\" \"%p\"", ""),
                ServerParameter("recovery_target_time", moment.serverText, ""),
                ServerParameter("recovery_target_action", "promote", ""),
                // Nobody is let in before it is done, and nothing goes where the running home's WAL may go.
                ServerParameter("hot_standby", "off", ""),
                ServerParameter("archive_command", ":", ""),
            ]
            try Files.write(settings + parameters.map { $0.line + "\n" }.joined(), to: path)
            try Files.write("", to: "\(root)/data/recovery.signal")
        }
    }

    /// As the server reads it. Names of time zones, even "Z", are not known to it yet then.
    private var serverText: String {
        let seconds = Date(timeIntervalSince1970: Double(milliseconds / 1000))
        let fraction = String(milliseconds % 1000 + 1000).dropFirst()
        return seconds.formatted(Date.ISO8601FormatStyle(timeZone: .gmt).dateTimeSeparator(.space))
            .replacing("Z", with: ".\(fraction)+00")
    }

    /// Makes a cluster that was just unpacked one that replays the WAL up to the moment when it is started.
    func prepare(in root: String) throws(OperationsError) -> Replay {
        try Replay(of: self, in: root)
    }

    // MARK: DynamoDB

    /// Has the running engine make each table as it was, and a backup of that for another engine's directory. The caller
    /// holds the home's lock: copies that are there were left by a restore that was killed.
    func backUpTables(
        into directory: String, onStep: @Sendable (String) -> Void
    ) async throws -> [Backup.Table] {
        try Files.makeDirectory(directory + "/backups")
        return try await MiyabiEnvironment.withConnection(
            source, needing: [.dynamoDB], logger: logger
        ) { environment in
            let dynamoDB = environment.dynamoDB
            for try await page in dynamoDB.tablePages() {
                for name in page.tableNames where try await Self.isCopy(name, on: dynamoDB) {
                    try await dynamoDB.waitUntilActive(name, timeout: .seconds(1_000_000))
                    try await remove(name, from: dynamoDB)
                }
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
        let copy = TableDescription.copyPrefix + name.prefix(200)
        let moment = Double(milliseconds) / 1000
        _ = try await dynamoDB.restoreTableToPointInTime(
            RestoreTableToPointInTimeInput(sourceTableName: name, targetTableName: copy, restoreDateTime: moment))
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

    /// Whether a table is such a copy, made by a restore to a moment.
    static func isCopy(_ name: String, on dynamoDB: any DynamoDBAPI) async throws -> Bool {
        guard name.hasPrefix(TableDescription.copyPrefix) else { return false }
        return try await dynamoDB.describeTable(DescribeTableInput(tableName: name)).table.isCopy
    }
}

extension TableDescription {
    /// What copies are called in the running engine while they are needed.
    fileprivate static let copyPrefix = "miyabi-restore-in-progress-"

    /// A table of such a name that somebody made is none.
    fileprivate var isCopy: Bool {
        tableName.hasPrefix(Self.copyPrefix) && restoreSummary?.sourceTableArn != nil
    }
}
