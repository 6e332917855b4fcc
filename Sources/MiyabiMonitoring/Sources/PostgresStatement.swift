import Postgres

/// A statement whose columns are figures.
struct PostgresStatement: Sendable {
    /// A column: the metric, whether it is a count, and its expression.
    struct Column: Sendable {
        let metric: String
        let isCounter: Bool
        let expression: String

        static func gauge(_ metric: String, _ expression: String) -> Column {
            Column(metric: metric, isCounter: false, expression: expression)
        }

        static func counter(_ metric: String, _ expression: String) -> Column {
            Column(metric: metric, isCounter: true, expression: expression)
        }
    }

    /// The label whose value the first column of each row is; nil for one row.
    var label: (name: String, expression: String)?
    let columns: [Column]
    /// From "FROM" on.
    let source: String
    /// Whether it is asked once a minute, since it takes longer.
    var isSlow = false

    var sql: String {
        let list = ["(\(label?.expression ?? "NULL"))::text"] + columns.map { "(\($0.expression))::float8" }
        return "SELECT " + list.joined(separator: ", ") + " " + source
    }

    func readings(_ connection: PostgresConnection, timeout: Duration) async throws -> [Reading] {
        var readings: [Reading] = []
        for row in try await connection.query("\(unsafeSQL: sql)", timeout: timeout) {
            let value: String? = try row.decode(0, as: String?.self)
            for (number, column) in columns.enumerated() {
                // NULL is unknown.
                guard let figure = try row.decode(number + 1, as: Double?.self) else { continue }
                let series =
                    if let label, let value { Series(column.metric, [label.name: value]) } else {
                        Series(column.metric)
                    }
                readings.append(Reading(series, column.isCounter ? .counter(figure) : .gauge(figure)))
            }
        }
        return readings
    }
}

extension PostgresStatement {
    /// What a server of a version is asked.
    ///
    /// - Parameter version: as `server_version_num` has it.
    static func all(version: Int) -> [PostgresStatement] {
        let age = "extract(epoch FROM clock_timestamp() - "
        let idle = "state IN ('idle in transaction', 'idle in transaction (aborted)')"
        return [
            PostgresStatement(
                columns: [
                    .gauge("miyabi_postgres_connections", "count(*)"),
                    .gauge(
                        "miyabi_postgres_connections_limit",
                        "current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
                    ),
                    .gauge("miyabi_postgres_connections_active", "count(*) FILTER (WHERE state = 'active')"),
                    .gauge("miyabi_postgres_connections_idle_in_transaction", "count(*) FILTER (WHERE \(idle))"),
                    .gauge(
                        "miyabi_postgres_sessions_waiting_for_lock", "count(*) FILTER (WHERE wait_event_type = 'Lock')"),
                    .gauge(
                        "miyabi_postgres_oldest_transaction_seconds",
                        "coalesce(greatest(0, max(\(age)xact_start)) FILTER (WHERE pid <> pg_backend_pid())), 0)"),
                    .gauge(
                        "miyabi_postgres_oldest_idle_transaction_seconds",
                        "coalesce(greatest(0, max(\(age)state_change)) FILTER (WHERE \(idle))), 0)"),
                ], source: "FROM pg_stat_activity WHERE backend_type = 'client backend'"),
            PostgresStatement(
                columns: [
                    .gauge(
                        "miyabi_postgres_longest_lock_wait_seconds",
                        "coalesce(greatest(0, max(\(age)waitstart))), 0)")
                ], source: "FROM pg_locks WHERE NOT granted"),
            PostgresStatement(
                columns: [
                    .counter("miyabi_postgres_commits_total", "xact_commit"),
                    .counter("miyabi_postgres_rollbacks_total", "xact_rollback"),
                    .counter("miyabi_postgres_deadlocks_total", "deadlocks"),
                    .counter("miyabi_postgres_conflicts_total", "conflicts"),
                    .counter("miyabi_postgres_blocks_read_total", "blks_read"),
                    .counter("miyabi_postgres_blocks_hit_total", "blks_hit"),
                    .counter("miyabi_postgres_temporary_files_total", "temp_files"),
                    .counter("miyabi_postgres_temporary_bytes_total", "temp_bytes"),
                ], source: "FROM pg_stat_database WHERE datname = current_database()"),
            PostgresStatement(
                columns: [
                    .gauge("miyabi_postgres_transaction_id_age", "max(age(datfrozenxid))")
                ], source: "FROM pg_database WHERE datallowconn"),
            PostgresStatement(
                columns: [
                    .gauge("miyabi_postgres_replicas", "(SELECT count(*) FROM pg_stat_replication)"),
                    .gauge(
                        "miyabi_postgres_replica_lag_seconds",
                        """
                        CASE WHEN pg_is_in_recovery() THEN
                          CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
                          ELSE \(age)pg_last_xact_replay_timestamp()) END
                        ELSE (SELECT extract(epoch FROM max(replay_lag)) FROM pg_stat_replication) END
                        """),
                    .gauge(
                        "miyabi_postgres_replica_lag_bytes",
                        """
                        CASE WHEN NOT pg_is_in_recovery() THEN
                          (SELECT max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)) FROM pg_stat_replication) END
                        """),
                    .gauge(
                        "miyabi_postgres_slots_inactive", "(SELECT count(*) FROM pg_replication_slots WHERE NOT active)"
                    ),
                    .counter("miyabi_postgres_wal_bytes_total", "(SELECT wal_bytes FROM pg_stat_wal)"),
                ], source: ""),
            PostgresStatement(
                label: ("slot", "slot_name"),
                columns: [
                    .gauge(
                        "miyabi_postgres_slot_retained_bytes",
                        """
                        pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                          ELSE pg_current_wal_lsn() END, restart_lsn)
                        """)
                ], source: "FROM pg_replication_slots ORDER BY slot_name LIMIT 50"),
            PostgresStatement(
                columns: version >= 170_000
                    ? [
                        .counter("miyabi_postgres_checkpoints_timed_total", "num_timed"),
                        .counter("miyabi_postgres_checkpoints_requested_total", "num_requested"),
                    ]
                    : [
                        .counter("miyabi_postgres_checkpoints_timed_total", "checkpoints_timed"),
                        .counter("miyabi_postgres_checkpoints_requested_total", "checkpoints_req"),
                    ], source: version >= 170_000 ? "FROM pg_stat_checkpointer" : "FROM pg_stat_bgwriter"),
            PostgresStatement(
                columns: [.gauge("miyabi_postgres_database_bytes", "pg_database_size(current_database())")], source: "",
                isSlow: true),
            PostgresStatement(
                label: ("table", "schemaname || '.' || relname"),
                columns: [
                    .gauge("miyabi_postgres_table_live_rows", "n_live_tup"),
                    .gauge("miyabi_postgres_table_dead_rows", "n_dead_tup"),
                    .gauge("miyabi_postgres_table_vacuum_age_seconds", "\(age)greatest(last_vacuum, last_autovacuum))"),
                    .gauge("miyabi_postgres_table_bytes", "bytes"),
                ],
                source: """
                    FROM (
                      SELECT *, pg_total_relation_size(relid) AS bytes FROM pg_stat_user_tables
                      ORDER BY n_live_tup + n_dead_tup DESC, relid LIMIT 50
                    ) AS tables
                    """, isSlow: true),
        ]
    }

    /// What `pg_stat_statements` in a schema is asked.
    static func statements(in schema: String) -> [PostgresStatement] {
        let name = "\"" + schema.replacing("\"", with: "\"\"") + "\""
        return [
            PostgresStatement(
                columns: [
                    .counter("miyabi_postgres_statements_total", "sum(calls)"),
                    .counter("miyabi_postgres_statement_seconds_total", "sum(total_exec_time) / 1000"),
                    .counter("miyabi_postgres_statement_rows_total", "sum(rows)"),
                ], source: "FROM \(name).pg_stat_statements(false)"),
            PostgresStatement(
                columns: [
                    .gauge("miyabi_postgres_statements_reset_timestamp_seconds", "extract(epoch FROM stats_reset)")
                ], source: "FROM \(name).pg_stat_statements_info"),
        ]
    }
}
