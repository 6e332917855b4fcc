/// What can be measured, in one place: `/metrics`, `miyabi metrics`, the alarms and docs/operations.md read it from here.
public struct Metric: Sendable, Equatable {
    /// How its figures behave.
    public enum Kind: String, Sendable {
        /// Only grows, until that which counts begins anew.
        case counter
        /// Goes up and down.
        case gauge
        /// A distribution of microseconds, told in seconds.
        case histogram
    }

    /// The name, by Prometheus' rules: base units, `_total` for counters.
    public let name: String
    /// How its figures behave.
    public let kind: Kind
    /// What it means, in one sentence.
    public let help: String

    init(_ name: String, _ kind: Kind, _ help: String) { (self.name, self.kind, self.help) = (name, kind, help) }
}

/// All metrics.
public enum MetricCatalogue {
    /// In the order in which they are told.
    public static let all: [Metric] = postgres + host + engine + product + own

    /// By name.
    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private static let postgres = [
        Metric("miyabi_postgres_connections", .gauge, "Open client connections."),
        Metric(
            "miyabi_postgres_connections_limit", .gauge,
            "Connections that clients may open: max_connections without the reserved ones."),
        Metric("miyabi_postgres_connections_active", .gauge, "Connections that run a statement."),
        Metric(
            "miyabi_postgres_connections_idle_in_transaction", .gauge,
            "Connections with an open transaction that do nothing."),
        Metric("miyabi_postgres_sessions_waiting_for_lock", .gauge, "Sessions that wait for a lock of another one."),
        Metric(
            "miyabi_postgres_longest_lock_wait_seconds", .gauge,
            "How long the session has waited that waits longest for a lock."),
        Metric("miyabi_postgres_oldest_transaction_seconds", .gauge, "Age of the oldest open transaction."),
        Metric(
            "miyabi_postgres_oldest_idle_transaction_seconds", .gauge,
            "How long the longest idle transaction has done nothing."),
        Metric("miyabi_postgres_commits_total", .counter, "Transactions committed."),
        Metric("miyabi_postgres_rollbacks_total", .counter, "Transactions rolled back."),
        Metric("miyabi_postgres_deadlocks_total", .counter, "Deadlocks that the server has broken."),
        Metric("miyabi_postgres_conflicts_total", .counter, "Statements cancelled on a standby because of recovery."),
        Metric("miyabi_postgres_blocks_read_total", .counter, "Blocks read that were not in shared_buffers."),
        Metric("miyabi_postgres_blocks_hit_total", .counter, "Blocks found in shared_buffers."),
        Metric(
            "miyabi_postgres_temporary_files_total", .counter,
            "Temporary files made by statements that need more than work_mem."),
        Metric("miyabi_postgres_temporary_bytes_total", .counter, "Bytes of temporary files."),
        Metric(
            "miyabi_postgres_transaction_id_age", .gauge,
            "Age in transactions of the oldest row version not yet frozen; writes stop near 2^31."),
        Metric("miyabi_postgres_replicas", .gauge, "Standbys that are connected."),
        Metric(
            "miyabi_postgres_replica_lag_seconds", .gauge,
            "How far the slowest standby is behind; of a standby: how far it is behind itself."),
        Metric("miyabi_postgres_replica_lag_bytes", .gauge, "WAL that the slowest connected standby has not replayed."),
        Metric("miyabi_postgres_slot_retained_bytes", .gauge, "WAL that is kept for a replication slot."),
        Metric("miyabi_postgres_slots_inactive", .gauge, "Replication slots that nobody reads."),
        Metric("miyabi_postgres_wal_bytes_total", .counter, "WAL written."),
        Metric("miyabi_postgres_checkpoints_timed_total", .counter, "Checkpoints made because it was time."),
        Metric(
            "miyabi_postgres_checkpoints_requested_total", .counter,
            "Checkpoints made early, mostly because max_wal_size was reached."),
        Metric("miyabi_postgres_database_bytes", .gauge, "Size of the database."),
        Metric("miyabi_postgres_table_live_rows", .gauge, "Rows of a table, by the statistics."),
        Metric("miyabi_postgres_table_dead_rows", .gauge, "Dead rows that a vacuum would remove."),
        Metric(
            "miyabi_postgres_table_vacuum_age_seconds", .gauge,
            "Time since a table was last vacuumed; missing for one that never was."),
        Metric("miyabi_postgres_table_bytes", .gauge, "Size of a table with its indexes."),
        Metric("miyabi_postgres_statements_total", .counter, "Statements run, by pg_stat_statements."),
        Metric(
            "miyabi_postgres_statement_seconds_total", .counter, "Time that statements took, by pg_stat_statements."),
        Metric(
            "miyabi_postgres_statement_rows_total", .counter,
            "Rows that statements returned or changed, by pg_stat_statements."),
        Metric("miyabi_postgres_statements_reset_timestamp_seconds", .gauge, "When pg_stat_statements was last reset."),
        Metric("miyabi_postgres_ping_seconds", .gauge, "How long a statement that reads nothing took to be answered."),
    ]

    private static let host = [
        Metric("miyabi_host_cpu_seconds_total", .counter, "Time of all processors by mode: busy or idle."),
        Metric(
            "miyabi_host_memory_bytes", .gauge,
            "Memory that Miyabi may use: the machine's, or the control group's limit."),
        Metric("miyabi_host_memory_available_bytes", .gauge, "Memory that can be taken without swapping."),
        Metric("miyabi_host_disk_bytes", .gauge, "Size of the file system of the home."),
        Metric("miyabi_host_disk_available_bytes", .gauge, "Space left on the file system of the home."),
        Metric("miyabi_host_load_average", .gauge, "Processes that ran or waited for the disk, over one minute."),
        Metric(
            "miyabi_process_cpu_seconds_total", .counter,
            "Processor time of the process that serves DynamoDB and monitors."),
        Metric("miyabi_process_resident_memory_bytes", .gauge, "Memory of that process."),
    ]

    private static let engine = [
        Metric(
            "miyabi_dynamodb_requests_total", .counter,
            "Requests by operation and table; no table where a request names several, or none that exists."),
        Metric(
            "miyabi_dynamodb_request_duration_seconds", .histogram,
            "Time from the last byte of a request to the beginning of its answer, by operation."),
        Metric("miyabi_dynamodb_throttled_requests_total", .counter, "Requests refused for want of throughput."),
        Metric(
            "miyabi_dynamodb_conditions_failed_total", .counter,
            "Requests whose condition was not met, and cancelled transactions."),
        Metric(
            "miyabi_dynamodb_user_errors_total", .counter,
            "Requests refused as wrong (4xx), without throttled ones and failed conditions."),
        Metric("miyabi_dynamodb_system_errors_total", .counter, "Requests that failed by the engine's fault (5xx)."),
        Metric(
            "miyabi_dynamodb_refused_requests_total", .counter,
            "Requests without a good signature's form, a known key or a known operation."),
        Metric("miyabi_dynamodb_consumed_read_units_total", .counter, "Read units consumed, by table and index."),
        Metric(
            "miyabi_dynamodb_consumed_write_units_total", .counter,
            "Write units consumed, by table and index; of a vector index the bytes."),
        Metric("miyabi_dynamodb_items", .gauge, "Items of a table, or entries of an index."),
        Metric("miyabi_dynamodb_bytes", .gauge, "Bytes of a table's items or an index's entries, as AWS counts them."),
        Metric(
            "miyabi_dynamodb_expiry_lag_seconds", .gauge,
            "How long the oldest expired item has been waiting to be deleted."),
        Metric("miyabi_dynamodb_writable", .gauge, "1 while a write would be accepted, else 0."),
        Metric(
            "miyabi_dynamodb_write_stopped", .gauge,
            "1 while RocksDB has stopped writes until compaction has caught up."),
        Metric(
            "miyabi_dynamodb_delayed_write_bytes_per_second", .gauge,
            "What RocksDB slows writes down to; 0 when it does not."),
        Metric("miyabi_dynamodb_pending_compaction_bytes", .gauge, "Bytes that compaction still has to rewrite."),
        Metric("miyabi_dynamodb_memtable_bytes", .gauge, "Bytes of memtables."),
        Metric("miyabi_dynamodb_block_cache_bytes", .gauge, "Bytes of cached blocks, indexes and filters."),
        Metric("miyabi_dynamodb_file_bytes", .gauge, "Bytes of the engine's files of data."),
        Metric("miyabi_dynamodb_background_errors_total", .counter, "Errors of flushes and compaction."),
        Metric("miyabi_dynamodb_syncs_total", .counter, "Syncs of the engine's log."),
        Metric(
            "miyabi_dynamodb_synced_waiters_total", .counter,
            "Writes and reads that waited for those syncs: their ratio is the size of a group."),
        Metric("miyabi_dynamodb_sync_seconds_total", .counter, "Time that syncs took."),
    ]

    private static let product = [
        Metric("miyabi_outbox_changes", .gauge, "Changes on their way from PostgreSQL to DynamoDB."),
        Metric(
            "miyabi_outbox_lag_seconds", .gauge, "How long the oldest of them has been waiting, without parked ones."),
        Metric(
            "miyabi_outbox_parked_changes", .gauge, "Changes that failed too often and wait for `miyabi outbox retry`."),
        Metric("miyabi_executions", .gauge, "Executions of agents by status."),
        Metric("miyabi_messages_unread", .gauge, "Messages that no web-socket connection has acknowledged."),
        Metric(
            "miyabi_since_backup_seconds", .gauge, "Age of this home's newest backup; of the home where there is none."),
        Metric(
            "miyabi_since_drill_seconds", .gauge,
            "Time since a drill found a backup of this home good; age of the home where none has."),
        Metric("miyabi_backups", .gauge, "Backups of this home."),
        Metric(
            "miyabi_recovery_reach_seconds", .gauge,
            "How far back both halves can be restored to any moment; missing where that is off."),
        Metric(
            "miyabi_recovery_lag_seconds", .gauge, "How old the latest moment is that both halves can be restored to."),
    ]

    private static let own = [
        Metric(
            "miyabi_source_up", .gauge,
            "1 where a source could be read, 0 where it could not: its figures are unknown then."),
        Metric("miyabi_source_duration_seconds", .gauge, "How long reading a source took."),
    ]
}

extension MetricCatalogue {
    /// The source that tells a metric, by its name.
    static func source(of metric: String) -> String? {
        for (prefix, source) in [
            ("miyabi_postgres_", "postgresql"), ("miyabi_host_", "host"), ("miyabi_process_", "host"),
            ("miyabi_dynamodb_", "dynamodb"), ("miyabi_messages_", "dynamodb"), ("miyabi_outbox_", "work"),
            ("miyabi_executions", "work"), ("miyabi_since_", "backups"), ("miyabi_backups", "backups"),
            ("miyabi_recovery_", "backups"), ("miyabi_source_", "monitor"),
        ] where metric.hasPrefix(prefix) { return source }
        return nil
    }
}
