import Postgres

/// Where `pg_stat_statements` is, and what it may tell.
enum Statements {
    /// The quoted schema of the extension; nil where it is not installed.
    static func schema(_ patient: PostgresPatient) async throws -> String? {
        try await patient.reading { connection in
            try await connection.query(
                """
                SELECT quote_ident(n.nspname) FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
                WHERE e.extname = 'pg_stat_statements'
                """
            ).decode(String.self).first
        }
    }

    /// The same, for a rule that cannot look without it, with what the role cannot see of it.
    static func needed(_ patient: PostgresPatient) async throws -> (schema: String, unseen: [String]) {
        guard let schema = try await schema(patient) else {
            throw CannotLook("pg_stat_statements is not installed in this database: see statements-not-counted")
        }
        let seesAll = try await patient.reading { connection in
            try await connection.query("SELECT pg_has_role('pg_read_all_stats', 'USAGE')").decode(Bool.self).first
                ?? false
        }
        let unseen = "statements of other roles: only a member of pg_read_all_stats (pg_monitor) sees their text"
        return (schema, seesAll ? [] : [unseen])
    }

    /// Of `pg_stat_statements` s: statements of this database that a plan decides on. Others are kept with their text, which may
    /// hold a secret.
    static let planned = """
        s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND s.query ~* '^\\s*(--[^\\n]*\\n\\s*|/\\*.*?\\*/\\s*)*(select|with|insert|update|delete|merge)\\M'
        """
}

/// Statements that take the time.
enum StatementRules {
    static let all = [MissingIndex.rule, slow]

    private static let slow = PostgresRule(
        "slow-statement", .warning,
        """
        A statement that takes 100 ms or more on average (the specification's 5.3) and at least 2 % of the time of all \
        statements: advice. From 1 s and 10 % of the time on it is a warning.
        """
    ) { rule, patient in
        let (schema, unseen) = try await Statements.needed(patient)
        var look = try await patient.findings(rule, query(schema, patient.thresholds))
        look.unseen += unseen
        return look
    }

    /// The specification's query with the columns that there are since PostgreSQL 13 (`total_exec_time` and the others), and with
    /// the share of all statements of this database. Statements inside functions count in the share of those that call them.
    private static func query(_ schema: String, _ thresholds: Thresholds) -> PostgresQuery {
        """
        WITH s AS (
          SELECT s.query, s.queryid, s.userid, s.calls, s.rows, s.total_exec_time, s.mean_exec_time, s.max_exec_time,
            s.total_exec_time / nullif(sum(s.total_exec_time) FILTER (WHERE s.toplevel) OVER (), 0) AS share
          FROM \(unsafeSQL: schema).pg_stat_statements AS s
          WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        )
        SELECT format('statement %s', s.queryid) AS object,
          CASE WHEN s.mean_exec_time < \(thresholds.verySlowMilliseconds) OR s.share < 5 * \(thresholds.slowShare)
            THEN 'advice' END AS level,
          format('%s ms on average, %s %% of the time of all statements: %s', round(s.mean_exec_time::numeric, 1),
            round((s.share * 100)::numeric, 1), left(regexp_replace(s.query, '\\s+', ' ', 'g'), 200)) AS message,
          jsonb_build_object('calls', s.calls, 'mean_ms', round(s.mean_exec_time::numeric, 2),
            'max_ms', round(s.max_exec_time::numeric, 2), 'total_ms', round(s.total_exec_time::numeric, 1),
            'share', round(s.share::numeric, 4), 'rows', s.rows, 'role', coalesce(r.rolname::text, s.userid::text)) AS evidence,
          'EXPLAIN (ANALYZE, BUFFERS) …;  -- the statement with real values; missing-index tells where an index would help'
            AS mend
        FROM s LEFT JOIN pg_roles AS r ON r.oid = s.userid
        WHERE s.mean_exec_time >= \(thresholds.slowMilliseconds) AND s.calls >= \(thresholds.statementCalls)
          AND s.share >= \(thresholds.slowShare)
          AND s.query ~* '^\\s*(--[^\\n]*\\n\\s*|/\\*.*?\\*/\\s*)*(select|with|insert|update|delete|merge)\\M'
        ORDER BY s.total_exec_time DESC
        """
    }
}
