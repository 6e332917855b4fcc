/// All alarms, in one place: `miyabi alarms`, the rules for Prometheus and docs/operations.md are made of this list.
///
/// Those of the specification's section 5.3, and what an operator needs beside them.
public enum AlarmRules {
    private static let reads = ["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"]
    private static let writes = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"]
    private static let day = 86_400.0

    /// In the order in which they are shown.
    public static let all: [AlarmRule] = [
        AlarmRule(
            "postgres-unreachable", .critical, .gauge("miyabi_source_up", .least, labels: ["source": "postgresql"]),
            .below,
            .value(1), for: 60,
            meaning: "PostgreSQL does not answer.",
            runbook:
                "`miyabi status` says why; its log: `miyabi logs`. A frozen server: look for a full disk and for memory."
        ),
        AlarmRule(
            "postgres-connections", .warning,
            .ratio("miyabi_postgres_connections", of: "miyabi_postgres_connections_limit"), .above, .value(0.8),
            for: 60,
            hysteresis: 0.05, meaning: "More than 80 % of the connections are in use; clients are refused soon.",
            runbook:
                "`SELECT application_name, state, count(*) FROM pg_stat_activity GROUP BY 1, 2` shows who. Make pools smaller (DB_MAX_CONNECTIONS), or say MIYABI_INSTANCES."
        ),
        AlarmRule(
            "postgres-deadlock", .warning, .increase("miyabi_postgres_deadlocks_total", over: 300), .above, .value(0),
            for: 0,
            meaning: "PostgreSQL has broken a deadlock: a transaction was cancelled.",
            runbook:
                "`miyabi logs` has both statements (\"deadlock detected\"). Lock rows in the same order everywhere."),
        AlarmRule(
            "postgres-idle-transaction", .warning, .gauge("miyabi_postgres_oldest_idle_transaction_seconds"), .above,
            .seconds(300), for: 0,
            meaning: "A transaction is open and does nothing: it holds locks and keeps vacuum from removing rows.",
            runbook:
                "`SELECT pid, application_name, query FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'`; end it with pg_terminate_backend(pid)."
        ),
        AlarmRule(
            "postgres-lock-wait", .warning, .gauge("miyabi_postgres_longest_lock_wait_seconds"), .above, .seconds(30),
            for: 0,
            meaning: "A session has waited long for a lock.",
            runbook:
                "`SELECT pid, pg_blocking_pids(pid), query FROM pg_stat_activity WHERE wait_event_type = 'Lock'` shows who waits for whom."
        ),
        AlarmRule(
            "postgres-old-transaction", .warning, .gauge("miyabi_postgres_oldest_transaction_seconds"), .above,
            .seconds(3600),
            for: 0, meaning: "A transaction has been open for an hour: vacuum removes nothing that is younger.",
            runbook: "`SELECT pid, xact_start, query FROM pg_stat_activity ORDER BY xact_start LIMIT 5`."),
        AlarmRule(
            "postgres-statement-latency", .warning,
            .mean("miyabi_postgres_statement_seconds_total", per: "miyabi_postgres_statements_total", over: 300),
            .above,
            .value(0.1), for: 300, hysteresis: 0.2,
            meaning: "Statements take over 100 ms on average (pg_stat_statements knows no percentiles).",
            runbook:
                "`SELECT query, calls, mean_exec_time FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 10`."),
        AlarmRule(
            "postgres-wraparound", .critical, .gauge("miyabi_postgres_transaction_id_age"), .above,
            .value(1_000_000_000),
            for: 0, hysteresis: 0.1,
            meaning:
                "Half of all transaction numbers are used up since the oldest row was frozen; near 2,147 million writes stop.",
            runbook:
                "End old transactions and unused slots, then VACUUM (FREEZE) the tables with the greatest age(relfrozenxid)."
        ),
        AlarmRule(
            "postgres-replica-lag", .warning, .gauge("miyabi_postgres_replica_lag_seconds"), .above, .seconds(300),
            for: 60,
            hysteresis: 0.2, meaning: "A standby is more than five minutes behind: a failover now would lose that.",
            runbook: "Look at the standby's disk and network, and for long queries on it."),
        AlarmRule(
            "postgres-slot-wal", .warning, .gauge("miyabi_postgres_slot_retained_bytes"), .above,
            .share(0.1, of: "miyabi_host_disk_bytes", atMost: 16 * 1_073_741_824), for: 60, hysteresis: 0.1,
            meaning: "A replication slot holds much WAL back: it fills the disk if nobody reads it.",
            runbook: "`SELECT * FROM pg_replication_slots`; restart its reader, or pg_drop_replication_slot(name)."),
        AlarmRule(
            "host-cpu", .warning, .share("miyabi_host_cpu_seconds_total", label: "mode", value: "busy", over: 300),
            .above,
            .value(0.8), for: 300, hysteresis: 0.1,
            meaning: "All processors together were over 80 % busy for ten minutes.",
            runbook: "`top` shows who; slow statements: pg_stat_activity, pg_stat_statements."),
        AlarmRule(
            "host-memory", .critical, .gauge("miyabi_host_memory_available_bytes", .least), .below,
            .share(0.1, of: "miyabi_host_memory_bytes", atMost: 500 * 1_048_576), for: 120, hysteresis: 0.1,
            meaning: "Less than 500 MB of memory can be taken (on small machines: less than a tenth).",
            runbook: "Fewer connections or less work_mem (`miyabi up --explain-settings`), or a larger machine."),
        AlarmRule(
            "host-disk-trend", .critical, .timeLeft("miyabi_host_disk_available_bytes", over: 3600), .below,
            .seconds(day),
            for: 600, hysteresis: 0.1,
            meaning: "The disk of the home is full within a day, if it goes on as in the last hour.",
            runbook: "What grows: `du -x --max-depth=2` of the home; slots (postgres-slot-wal), backups, logs."),
        AlarmRule(
            "host-disk-full", .critical, .ratio("miyabi_host_disk_available_bytes", of: "miyabi_host_disk_bytes"),
            .below,
            .value(0.05), for: 60, hysteresis: 0.1, meaning: "Less than 5 % of the disk of the home is free.",
            runbook:
                "Make room now: both halves refuse writes on a full disk, and go on by themselves when there is room."),
        AlarmRule(
            "dynamodb-unwritable", .critical, .gauge("miyabi_dynamodb_writable", .least), .below, .value(1), for: 30,
            meaning: "The DynamoDB engine accepts no write.",
            runbook: "`miyabi logs` says why: a full disk, or one that has failed."),
        AlarmRule(
            "dynamodb-write-stop", .critical, .gauge("miyabi_dynamodb_write_stopped"), .above, .value(0), for: 30,
            meaning: "RocksDB has stopped writes until compaction has caught up.",
            runbook: "More is written than the disk can compact: write less, or a faster disk."),
        AlarmRule(
            "dynamodb-read-latency", .warning,
            .percentile("miyabi_dynamodb_request_duration_seconds", 99, label: "operation", values: reads, over: 300),
            .above,
            .value(0.1), for: 60, hysteresis: 0.2, meaning: "1 % of DynamoDB reads took over 100 ms.",
            runbook: "`miyabi metrics request_duration` shows which operation. Large Scans and Queries: use Limit."),
        AlarmRule(
            "dynamodb-write-latency", .warning,
            .percentile("miyabi_dynamodb_request_duration_seconds", 99, label: "operation", values: writes, over: 300),
            .above,
            .value(0.1), for: 60, hysteresis: 0.2, meaning: "1 % of DynamoDB writes took over 100 ms.",
            runbook:
                "miyabi_dynamodb_sync_seconds_total for each sync tells whether the disk is slow; see dynamodb-write-stop."
        ),
        AlarmRule(
            "dynamodb-user-errors", .warning, .increase("miyabi_dynamodb_user_errors_total", over: 60), .above,
            .value(10),
            for: 0, meaning: "More than 10 requests within a minute were wrong (4xx).",
            runbook:
                "`miyabi metrics user_errors` shows the operation. A client sends what the table's keys do not allow, or its key is refused."
        ),
        AlarmRule(
            "dynamodb-system-errors", .critical, .increase("miyabi_dynamodb_system_errors_total", over: 300), .above,
            .value(0), for: 0, meaning: "A request failed by the engine's fault (5xx).",
            runbook: "`miyabi logs` has the cause."),
        AlarmRule(
            "dynamodb-throttles", .warning, .increase("miyabi_dynamodb_throttled_requests_total", over: 60), .above,
            .value(5), for: 0, meaning: "More than 5 requests within a minute were refused for want of throughput.",
            runbook: "`miyabi metrics throttled` shows the table. Raise its throughput, or spread its keys."),
        AlarmRule(
            "dynamodb-expiry-lag", .warning, .gauge("miyabi_dynamodb_expiry_lag_seconds"), .above, .seconds(300),
            for: 60,
            meaning: "Expired items are not deleted.",
            runbook: "`miyabi logs` says why (\"Expired items could not be deleted\")."),
        AlarmRule(
            "outbox-lag", .critical, .gauge("miyabi_outbox_lag_seconds"), .above, .seconds(60), for: 60,
            meaning: "Changes in PostgreSQL do not reach DynamoDB: nobody relays them.",
            runbook: "`miyabi outbox status`. With two external halves run `miyabi outbox relay`."),
        AlarmRule(
            "outbox-parked", .warning, .gauge("miyabi_outbox_parked_changes"), .above, .value(0), for: 0,
            meaning: "Changes failed too often and are parked.",
            runbook: "`miyabi outbox status` has the error. When its cause is mended: `miyabi outbox retry`."),
        AlarmRule(
            "backup-age", .warning, .gauge("miyabi_since_backup_seconds"), .above, .seconds(day), for: 0,
            meaning: "There is no backup of the last day.", runbook: "`miyabi backup`, daily, by cron or a timer."),
        AlarmRule(
            "backup-drill", .warning, .gauge("miyabi_since_drill_seconds"), .above, .seconds(30 * day), for: 0,
            meaning: "No backup was tried for a month.", runbook: "`miyabi backup drill`."),
        AlarmRule(
            "recovery-lag", .warning, .gauge("miyabi_recovery_lag_seconds"), .above, .seconds(300), for: 300,
            meaning: "Point-in-time recovery reaches only to more than five minutes ago.",
            runbook: "`miyabi recovery status` says what is missing."),
    ]

    /// The rule of a name.
    public static func rule(named name: String) -> AlarmRule? { all.first { $0.name == name } }
}
