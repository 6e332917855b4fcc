import MiyabiSystem

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
