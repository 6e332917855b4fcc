import Postgres

/// Sessions, transactions and replicas that hold others up.
enum SessionRules {
    static let all = [idleInTransaction, longTransaction, preparedTransaction, replicationSlot]

    /// What can be seen of sessions without the right to see others' is nothing.
    private static func sessions(
        _ rule: Rule, _ patient: PostgresPatient, _ query: PostgresQuery
    ) async throws -> Look {
        var look = try await patient.findings(rule, query)
        let seesAll = try await patient.reading { connection in
            try await connection.query("SELECT pg_has_role('pg_read_all_stats', 'USAGE')").decode(Bool.self).first
                ?? false
        }
        if !seesAll {
            look.unseen.append("other roles' sessions: only a member of pg_read_all_stats (pg_monitor) sees them")
        }
        return look
    }

    private static let idleInTransaction = PostgresRule(
        "idle-in-transaction", .warning,
        """
        A session has begun a transaction and does nothing: its locks hold others up, and no dead row that it may see is \
        removed.
        """
    ) { rule, patient in
        try await sessions(
            rule, patient,
            """
            SELECT format('session %s', pid) AS object, NULL AS level,
              format('session %s of %s (%s) is idle in a transaction since %s', pid, usename,
                coalesce(nullif(application_name, ''), 'no name'), to_char(state_change AT TIME ZONE 'UTC',
                'YYYY-MM-DD HH24:MI:SS')) AS message,
              jsonb_build_object('idle_seconds', extract(epoch FROM now() - state_change)::bigint,
                'transaction_seconds', extract(epoch FROM now() - xact_start)::bigint) AS evidence,
              format('SELECT pg_terminate_backend(%s);  -- or set idle_in_transaction_session_timeout', pid) AS mend
            FROM pg_stat_activity
            WHERE state IN ('idle in transaction', 'idle in transaction (aborted)')
              AND state_change < now() - make_interval(secs => \(patient.thresholds.idleTransaction.seconds))
            ORDER BY state_change
            """)
    }

    private static let longTransaction = PostgresRule(
        "long-transaction", .warning,
        "A transaction has been open for more than an hour: no row that died since is removed, in any table."
    ) { rule, patient in
        try await sessions(
            rule, patient,
            """
            SELECT format('session %s', pid) AS object, NULL AS level,
              format('the transaction of session %s of %s (%s) is open since %s', pid, usename,
                coalesce(nullif(application_name, ''), 'no name'), to_char(xact_start AT TIME ZONE 'UTC',
                'YYYY-MM-DD HH24:MI:SS')) AS message,
              jsonb_build_object('transaction_seconds', extract(epoch FROM now() - xact_start)::bigint,
                'holds_transactions', coalesce(age(backend_xmin), 0)) AS evidence,
              format('SELECT pg_cancel_backend(%s);', pid) AS mend
            FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND state = 'active' AND pid <> pg_backend_pid()
              AND xact_start < now() - make_interval(secs => \(patient.thresholds.longTransaction.seconds))
            ORDER BY xact_start
            """)
    }

    private static let preparedTransaction = PostgresRule(
        "prepared-transaction", .warning,
        """
        A transaction was prepared (two-phase commit) and never ended. It keeps its locks over restarts, and no dead row \
        that it may see is removed.
        """
    ) { thresholds in
        """
        SELECT format('prepared transaction %L', gid) AS object, NULL AS level,
          format('transaction %L of %s in database %I waits since %s', gid, owner, database,
            to_char(prepared AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')) AS message,
          jsonb_build_object('waiting_seconds', extract(epoch FROM now() - prepared)::bigint) AS evidence,
          format('ROLLBACK PREPARED %L;  -- in database %I; or COMMIT PREPARED', gid, database) AS mend
        FROM pg_prepared_xacts WHERE prepared < now() - make_interval(secs => \(thresholds.idleTransaction.seconds))
        ORDER BY prepared
        """
    }

    private static let replicationSlot = PostgresRule(
        "inactive-replication-slot", .warning,
        """
        Nobody reads a replication slot, and the log piles up for it until the disk is full (advice below 1 GB); or it has \
        lost what it needs.
        """
    ) { thresholds in
        """
        SELECT format('replication slot %s', slot_name) AS object,
          CASE WHEN held < \(thresholds.slotBytes) AND NOT is_lost THEN 'advice' END AS level,
          CASE WHEN is_lost THEN format('replication slot %s has lost the log that its replica needs', slot_name)
            ELSE format('nobody reads replication slot %s, which holds %s of the log', slot_name, pg_size_pretty(held)) END
            AS message,
          jsonb_build_object('held_bytes', held, 'wal_status', wal_status) AS evidence,
          format('SELECT pg_drop_replication_slot(%L);  -- if its replica is gone for good', slot_name) AS mend
        FROM pg_replication_slots CROSS JOIN LATERAL (
          SELECT coalesce(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
              ELSE pg_current_wal_lsn() END, restart_lsn), 0)::bigint AS held,
            coalesce(wal_status = 'lost', false) AS is_lost) AS s
        WHERE NOT active AND (restart_lsn IS NOT NULL OR is_lost)
        ORDER BY held DESC
        """
    }
}
