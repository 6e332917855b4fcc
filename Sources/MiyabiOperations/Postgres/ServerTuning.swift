public import MiyabiHome
public import MiyabiSystem

/// PostgreSQL's settings that follow from the machine and from how the database is used: the specification's section 4.1,
/// with its two contradicting rules for `max_connections` reconciled (fault 13 of the design).
///
/// The specification's formula, `memory / 10 MB × 0.8`, tells how many connections fit into memory before the machine
/// starves: a ceiling. Its table (30 on 4 GB, 100 on 8 GB, 200 on 16 GB) tells how many a machine of that size serves well:
/// the recommendation. What the applications can open (instances × pool size) is the demand. The server takes the greater of
/// recommendation and demand, plus headroom for people and tools, and never more than the ceiling.
public struct ServerTuning: Sendable, Equatable {
    /// Connections beside the applications': psql, migrations, backup, monitoring.
    static let toolConnections = 10
    /// `superuser_reserved_connections`, PostgreSQL's default.
    static let reservedConnections = 3

    /// The machine that the settings are for.
    public let machine: Machine
    /// Application instances that share the server.
    public let instances: Int
    /// `DB_MAX_CONNECTIONS`: the connections that each instance may open.
    public let poolSize: Int

    /// Derives the settings.
    public init(machine: Machine, instances: Int, poolSize: Int) {
        self.machine = machine
        self.instances = instances
        self.poolSize = poolSize
    }

    /// What the applications can open together.
    var demandedConnections: Int { instances * poolSize }

    /// The specification's table, its upper figures: 30 at 4 GiB, 100 at 8, 200 at 16, straight lines between, and at least 20.
    public var recommendedConnections: Int {
        let memory = machine.memoryMiB
        switch memory {
        case ..<4096: return max(20, 30 * memory / 4096)
        case ..<8192: return 30 + 70 * (memory - 4096) / 4096
        default: return 100 + 100 * (memory - 8192) / 8192
        }
    }

    /// The specification's formula: more connections than this do not fit into memory.
    public var connectionCeiling: Int { max(25, machine.memoryMiB / 10 * 8 / 10) }

    /// `max_connections`. Recommendations stop at 400: above that a pooler serves more with fewer.
    public var maxConnections: Int {
        let wanted = max(demandedConnections, min(recommendedConnections, 400))
        return min(connectionCeiling, wanted + Self.toolConnections + Self.reservedConnections)
    }

    /// Whether the instances' pools together ask for more than the server can give.
    public var isOversubscribed: Bool {
        demandedConnections > maxConnections - Self.toolConnections - Self.reservedConnections
    }

    /// A quarter of memory, as in the specification's example (1 GB of 4); beyond 8 GiB the kernel's cache does better.
    public var sharedBuffersMiB: Int { min(8192, max(128, machine.memoryMiB / 4)) }

    /// Three quarters of memory, as in the specification's example: what both caches hold together.
    public var effectiveCacheSizeMiB: Int { machine.memoryMiB * 3 / 4 }

    /// A sixteenth of memory, as in the specification's example (256 MB of 4 GB), at most 2 GiB.
    public var maintenanceWorkMemMiB: Int { min(2048, max(64, machine.memoryMiB / 16)) }

    /// The memory left by the buffers, shared by all connections with up to three sorts or hashes each: the specification's
    /// 5 MB for 200 connections on 4 GB. Never under PostgreSQL's default, never over 64 MB.
    public var workMemMiB: Int { min(64, max(4, (machine.memoryMiB - sharedBuffersMiB) / (maxConnections * 3))) }

    /// Parallel workers of one query: half the processors, at most 4, none on a single one.
    public var workersPerGather: Int { min(4, machine.processors / 2) }
}

extension Settings {
    /// The embedded server's settings that follow from these.
    public var tuning: ServerTuning {
        ServerTuning(machine: machine, instances: instances, poolSize: postgres.maxConnections)
    }
}

extension ServerTuning {
    /// All settings that do not depend on where the cluster is, explained.
    public var parameters: [ServerParameterGroup] {
        [
            ServerParameterGroup(title: "Connections", parameters: connectionParameters),
            ServerParameterGroup(title: "Memory", parameters: memoryParameters),
            ServerParameterGroup(title: "Planner and workers", parameters: plannerParameters),
            ServerParameterGroup(title: "Durability, WAL and archiving", parameters: Self.durabilityParameters),
            ServerParameterGroup(title: "Monitoring", parameters: Self.monitoringParameters),
            ServerParameterGroup(title: "Log", parameters: Self.logParameters),
        ]
    }

    private var connectionParameters: [ServerParameter] {
        let tools = Self.toolConnections + Self.reservedConnections
        return [
            ServerParameter(
                "max_connections", maxConnections,
                "\(machine.memoryMiB) MiB recommend \(recommendedConnections), \(instances) instance(s) with pools of "
                    + "\(poolSize) demand \(demandedConnections); the greater, plus \(tools) for tools and superusers, "
                    + "and at most the \(connectionCeiling) that memory holds."),
            ServerParameter(
                "superuser_reserved_connections", Self.reservedConnections,
                "A way in for the operator when every other connection is taken."),
            ServerParameter(
                "password_encryption", "scram-sha-256", "The server never stores or receives a password in clear."),
            ServerParameter(
                "timezone", "UTC", "Times read the same on every machine; columns are timestamptz."),
        ]
    }

    private var memoryParameters: [ServerParameter] {
        [
            ServerParameter(
                "shared_buffers", "\(sharedBuffersMiB)MB",
                "A quarter of the \(machine.memoryMiB) MiB of \(machine.memorySource), 8 GB at most."),
            ServerParameter(
                "effective_cache_size", "\(effectiveCacheSizeMiB)MB",
                "Three quarters of memory: what the planner may expect to find cached. Nothing is allocated."),
            ServerParameter(
                "work_mem", "\(workMemMiB)MB",
                "What the buffers leave, divided by \(maxConnections) connections with three sorts or hashes each."),
            ServerParameter(
                "maintenance_work_mem", "\(maintenanceWorkMemMiB)MB",
                "A sixteenth of memory, for CREATE INDEX, VACUUM and foreign keys."),
            ServerParameter("huge_pages", "try", "Used where the machine offers them."),
        ]
    }

    private var plannerParameters: [ServerParameter] {
        [
            ServerParameter(
                "max_parallel_workers_per_gather", workersPerGather,
                "Half of \(machine.processors) processor(s), 4 at most."),
            ServerParameter("max_parallel_workers", machine.processors, "One a processor."),
            ServerParameter(
                "max_worker_processes", max(8, machine.processors + 4),
                "The parallel workers, and room for background ones."),
            ServerParameter(
                "random_page_cost", "1.1", "Solid-state disks: a random read costs hardly more than the next one."),
            ServerParameter("effective_io_concurrency", 200, "Solid-state disks answer many reads at once."),
            ServerParameter("jit", "off", "Miyabi's queries are short; compiling them costs more than it saves."),
        ]
    }

    private static let durabilityParameters = [
        ServerParameter("fsync", "on", "A committed transaction survives a power cut."),
        ServerParameter("synchronous_commit", "on", "COMMIT answers when the WAL is on disk."),
        ServerParameter("full_page_writes", "on", "Pages torn by a power cut are repaired from the WAL."),
        ServerParameter("wal_compression", "on", "Full pages shrink the WAL by half for little CPU time."),
        ServerParameter("wal_level", "replica", "The WAL carries what base backups, archiving and replicas need."),
        ServerParameter("max_wal_senders", 10, "Base backups and replicas can connect without a restart."),
        ServerParameter(
            "archive_mode", "on", "Switching it needs a restart, so it is on from the start; archive_command decides."),
        ServerParameter(
            "archive_command", ":",
            "Nothing is archived: finished WAL files are let go. With an empty command they would pile up without end. "
                + "A backup that archives sets a command, reloads, and takes its base backup after that."),
        ServerParameter("max_wal_size", "2GB", "Checkpoints by time rather than by size in bulk imports."),
        ServerParameter("min_wal_size", "256MB", "WAL files are reused instead of made anew."),
        ServerParameter("max_slot_wal_keep_size", "8GB", "A replica that never comes back cannot fill the disk."),
        ServerParameter("checkpoint_completion_target", "0.9", "Checkpoints spread their writes."),
    ]

    private static let monitoringParameters = [
        ServerParameter("shared_preload_libraries", "pg_stat_statements", "Time and calls of every kind of statement."),
        ServerParameter("pg_stat_statements.max", 5000, "Kinds of statements kept."),
        ServerParameter("pg_stat_statements.track", "all", "Statements inside functions count too."),
        ServerParameter(
            "pg_stat_statements.track_utility", "off",
            "Utility statements are kept with their text, and may name a password."),
        ServerParameter("track_io_timing", "on", "Reads and writes are timed; cheap on today's clocks."),
        ServerParameter("track_functions", "pl", "Calls and time of PL/pgSQL functions."),
    ]

    private static let logParameters = [
        ServerParameter("logging_collector", "on", "PostgreSQL writes and rotates its own log."),
        ServerParameter(
            "log_filename", "postgresql-%a.log", "One file a weekday: the log never holds more than seven days."),
        ServerParameter("log_truncate_on_rotation", "on", "Last week's file is overwritten."),
        ServerParameter("log_rotation_age", "1d", "A new file each day."),
        ServerParameter("log_rotation_size", 0, "Only by day, since the name has no time in it."),
        ServerParameter("log_file_mode", "0600", "Only the server's account (and root) reads it."),
        ServerParameter(
            "log_line_prefix", "%m [%p] %q%u@%d %a %e ", "Time, process, then user, database, program and SQLSTATE."),
        ServerParameter("log_timezone", "UTC", "As everywhere."),
        ServerParameter("log_connections", "off", "The pools make this noise."),
        ServerParameter(
            "log_statement", "none", "Statements hold people's data; pg_stat_statements has them without values."),
        ServerParameter(
            "log_min_error_statement", "panic", "An error is logged without the statement, which may name a password."),
        ServerParameter("log_error_verbosity", "terse", "No DETAIL line: it quotes the values of the row."),
        ServerParameter("log_parameter_max_length", 0, "Values of parameters are never logged."),
        ServerParameter("log_parameter_max_length_on_error", 0, "Not even with an error."),
        ServerParameter("log_lock_waits", "on", "Waiting for a lock longer than a second is worth a line."),
        ServerParameter("log_temp_files", "64MB", "A sort that spilled this much wants an index or more work_mem."),
        ServerParameter("log_autovacuum_min_duration", "10s", "A slow autovacuum is worth a line."),
    ]
}

extension ServerTuning: CustomStringConvertible {
    /// All settings with their reasons, for `miyabi up --explain-settings`.
    public var description: String {
        var lines = [
            "For \(machine.memoryMiB) MiB of memory (\(machine.memorySource)), \(machine.processors) processor(s), "
                + "\(instances) application instance(s) with pools of \(poolSize) connections.",
            "Change these with MIYABI_MEMORY_MB, MIYABI_INSTANCES and DB_MAX_CONNECTIONS.",
        ]
        for group in parameters {
            lines += ["", group.title]
            for parameter in group.parameters {
                lines += ["  \(parameter.line)", "      \(parameter.reason)"]
            }
        }
        return lines.joined(separator: "\n")
    }
}

/// One line of the server's configuration, with the reason for it.
public struct ServerParameter: Sendable, Equatable {
    /// The setting's name in PostgreSQL.
    public let name: String
    /// Its value, as `postgresql.conf` takes it, unquoted.
    public let value: String
    /// Why it has this value, in one or two sentences.
    public let reason: String

    init(_ name: String, _ value: String, _ reason: String) {
        self.name = name
        self.value = value
        self.reason = reason
    }

    init(_ name: String, _ value: Int, _ reason: String) { self.init(name, String(value), reason) }

    /// `name = 'value'`, quoted as `postgresql.conf` wants it.
    public var line: String { "\(name) = '\(value.replacing("\\", with: "\\\\").replacing("'", with: "''"))'" }
}

/// Settings that belong together.
public struct ServerParameterGroup: Sendable, Equatable {
    /// What they are about.
    public let title: String
    /// The settings.
    public let parameters: [ServerParameter]
}
