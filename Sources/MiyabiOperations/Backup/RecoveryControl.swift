import DynamoDB
public import FoundationEssentials
public import Logging
public import MiyabiHome
import MiyabiSystem
import Postgres

/// Turns point-in-time recovery of a running home on and off, and tells how far back it reaches.
public struct RecoveryControl: Sendable {
    /// From when to when.
    public struct Window: Codable, Sendable, Equatable {
        /// The earliest moment that can be restored.
        public var earliest: Date
        /// The latest.
        public var latest: Date
    }

    /// What can be restored now.
    public struct Status: Codable, Sendable, Equatable {
        /// How many days back was asked for; nil where it is off.
        public var days: Int?
        /// What PostgreSQL can be restored to; nil for nothing.
        public var postgres: Window?
        /// What every table of DynamoDB can be restored to; nil for nothing.
        public var dynamoDB: Window?
        /// Bytes of the WAL that is kept; nil where it is off.
        public var logBytes: Int?
        /// What is wrong, if anything is.
        public var problem: String?

        /// What both can be restored to.
        public var both: Window? {
            guard let postgres, let dynamoDB else { return nil }
            let window = Window(
                earliest: max(postgres.earliest, dynamoDB.earliest), latest: min(postgres.latest, dynamoDB.latest))
            return window.earliest <= window.latest ? window : nil
        }
    }

    let settings: Settings
    let logger: Logger

    /// Controls the recovery of the home of `settings`, which must run with both halves embedded.
    public init(settings: Settings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// Turns it on: the WAL is received from now on, the tables keep their history, and a backup is made to begin with.
    ///
    /// - Parameter days: how far back a table can be restored, 1 to 35.
    /// - Throws: `recovery` for external halves or when the WAL does not arrive; what ``EnvironmentBackup/run()`` throws.
    public func enable(
        days: Int, onProgress: @escaping @Sendable (EnvironmentBackup.Progress) -> Void = { _ in }
    ) async throws -> Backup {
        guard settings.postgres.url == nil, settings.dynamoDB.location == .embedded else {
            throw OperationsError(
                .recovery,
                "a half is external: its operator has point-in-time recovery to offer, RDS and DynamoDB by themselves")
        }
        try settings.refuseBackupsInHome()
        try settings.home.requireOwner()
        let cluster = try await RunningCluster.find(settings, program: "miyabi recovery enable")
        try settings.backups.make()
        var policy = RecoveryPolicy(
            days: days, log: LogDirectory(of: settings.home, in: settings.backups.path, since: Date()))
        // Turned on again, what was received goes on, unless there is a gap in it for ever.
        let hasGap = try await dropLostSlot(cluster)
        if !hasGap, let earlier = try RecoveryPolicy.read(of: settings.home), earlier.log.isIn(settings.backups.path) {
            policy.log = earlier.log
        }
        try policy.write(of: settings.home)
        onProgress(.step("waiting for the WAL"))
        try await waitUntilReceiving(cluster, into: policy.log)
        try await withTables { try await Self.keepHistory(of: $1, days: days, on: $0) }
        return try await EnvironmentBackup(settings: settings, logger: logger, onProgress: onProgress).run()
    }

    /// Has a table keep its history, as many days back as asked for.
    static func keepHistory(of table: String, days: Int, on dynamoDB: any DynamoDBAPI) async throws {
        let recovery = try await dynamoDB.recovery(of: table)
        if recovery?.pointInTimeRecoveryStatus == .enabled, recovery?.recoveryPeriodInDays == days { return }
        try await dynamoDB.setRecovery(of: table, days: days)
    }

    /// Turns it off. Backups and the WAL that was received stay.
    public func disable() async throws {
        try settings.home.requireOwner()
        let cluster = try await RunningCluster.find(settings, program: "miyabi recovery disable")
        try Files.remove(settings.home.recoveryFile)
        try await withTables { try await $0.setRecovery(of: $1, days: nil) }
        // A receiver that was about to begin has seen it by now.
        try await Task.sleep(for: .milliseconds(1500))
        try await cluster.withConnection(logger: logger) { connection in
            // The receiver lets the slot go when it has seen that the file is gone.
            for _ in 0..<600 {
                let rows = try await connection.query(
                    "SELECT active FROM pg_replication_slots WHERE slot_name = \(LogReceiver.slot)")
                guard let row = rows.first else { return }
                if try !row.decode(Bool.self) {
                    _ = try await connection.query("SELECT pg_drop_replication_slot(\(LogReceiver.slot))")
                    return
                }
                try await Task.sleep(for: .milliseconds(100))
            }
            throw OperationsError(.timeout, "the WAL's receiver did not stop within a minute")
        }
    }

    /// How far back the halves can be restored.
    public func status() async throws -> Status {
        guard let policy = try RecoveryPolicy.read(of: settings.home) else { return Status() }
        var status = Status(days: policy.days)
        let cluster = try await RunningCluster.find(settings, program: "miyabi recovery status")
        let isReceiving = try await LogReceiver.isReceiving(from: cluster, logger: logger)
        status.logBytes = try policy.log.bytes()
        if !isReceiving {
            status.problem =
                "the WAL is not received; the reason is in the log of `miyabi up` (\(settings.home.supervisorLog)). "
                + "When it is gone: miyabi recovery enable"
        }
        status.postgres = try postgresWindow(policy, isReceiving: isReceiving)
        if status.postgres == nil, status.problem == nil {
            status.problem = "no backup has all the WAL behind it: make one, miyabi backup"
        }
        var windows: [Window] = []
        try await withTables { dynamoDB, name in
            let recovery = try await dynamoDB.recovery(of: name)
            guard let earliest = recovery?.earliestRestorableDateTime, let latest = recovery?.latestRestorableDateTime
            else {
                status.problem = "the table \(name) keeps no history: miyabi recovery enable"
                return
            }
            windows.append(
                Window(earliest: Date(timeIntervalSince1970: earliest), latest: Date(timeIntervalSince1970: latest)))
        }
        if let earliest = windows.map(\.earliest).max(), let latest = windows.map(\.latest).min() {
            status.dynamoDB = Window(earliest: earliest, latest: latest)
        }
        return status
    }

    private func postgresWindow(_ policy: RecoveryPolicy, isReceiving: Bool) throws(OperationsError) -> Window? {
        let last = try policy.log.names().last
        for backup in try settings.backups.all() {
            guard let postgres = backup.postgres, postgres.log == policy.log else { continue }
            if let last, try policy.log.names(from: postgres.firstSegment, to: last) == nil { continue }
            let latest = isReceiving ? Date() : Date(timeIntervalSince1970: Double(Files.modified(policy.log.path)))
            return Window(earliest: postgres.endedAt, latest: latest)
        }
        return nil
    }

    private func withTables(_ body: (any DynamoDBAPI, String) async throws -> Void) async throws {
        try await MiyabiEnvironment.withConnection(settings, needing: [.dynamoDB], logger: logger) {
            for try await page in $0.dynamoDB.tablePages() {
                for name in page.tableNames where try await !RecoveryMoment.isCopy(name, on: $0.dynamoDB) {
                    try await body($0.dynamoDB, name)
                }
            }
        }
    }

    /// Drops the slot if the server has removed what it should have kept: more than `max_slot_wal_keep_size`.
    private func dropLostSlot(_ cluster: RunningCluster) async throws -> Bool {
        try await cluster.withConnection(logger: logger) { connection in
            let lost = try await connection.query(
                """
                SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
                WHERE slot_name = \(LogReceiver.slot) AND wal_status = 'lost'
                """)
            return !lost.isEmpty
        }
    }

    private func waitUntilReceiving(_ cluster: RunningCluster, into log: LogDirectory) async throws {
        for _ in 0..<300 {
            if try !Files.list(log.spool(of: settings.home)).isEmpty || !log.names().isEmpty,
                try await LogReceiver.isReceiving(from: cluster, logger: logger)
            {
                return
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw OperationsError(
            .recovery, "the WAL did not arrive within 30 s",
            advice: Files.tail(settings.home.logDirectory + "/pg_receivewal.log", lines: 3)
                ?? "`miyabi up` receives it: restart that if it is older than this program.")
    }
}
