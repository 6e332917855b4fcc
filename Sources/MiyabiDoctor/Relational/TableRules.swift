import Postgres

/// Tables that are not kept up, read in the dear way, or not safe from a crash.
enum TableRules {
    static let all = [sequentialScans, notVacuumed, notAnalysed, autovacuumOff, wraparound, unlogged]

    private static let sequentialScans = PostgresRule(
        "sequential-scans", .advice,
        """
        A large table is read whole again and again. `missing-index` tells which index would help where a statement shows \
        it.
        """
    ) { thresholds in
        """
        SELECT format('table %s', t.relid::regclass) AS object, NULL AS level,
          format('table %s (%s rows) was read whole %s times, %s rows in all', t.relid::regclass, t.n_live_tup, t.seq_scan,
            t.seq_tup_read) AS message,
          jsonb_build_object('rows', t.n_live_tup, 'sequential_scans', t.seq_scan, 'rows_read', t.seq_tup_read,
            'index_scans', coalesce(t.idx_scan, 0)) AS evidence,
          format('miyabi doctor --only missing-index,slow-statement  # the statements that read %s', t.relname) AS mend
        FROM pg_stat_user_tables AS t JOIN pg_class AS c ON c.oid = t.relid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE t.seq_scan >= \(thresholds.sequentialScans) AND t.n_live_tup >= \(thresholds.largeTableRows)
          -- What reads a table to its end only now and then, such as a count or a backup, is not meant.
          AND t.seq_tup_read / t.seq_scan >= t.n_live_tup / 2
          AND t.seq_tup_read > coalesce(t.idx_tup_fetch, 0)
          AND \(unsafeSQL: Catalogue.usersOwn)
        ORDER BY t.seq_tup_read DESC
        """
    }

    private static let notVacuumed = PostgresRule(
        "not-vacuumed", .warning,
        """
        Dead rows fill a table (a warning): more than twice as many as autovacuum waits for. Or a large table was never \
        vacuumed (advice), and no index-only scan can be one.
        """
    ) { thresholds in
        """
        SELECT format('table %s', t.relid::regclass) AS object, CASE WHEN NOT is_dead THEN 'advice' END AS level,
          CASE WHEN is_dead THEN format('%s of %s rows of table %s are dead', t.n_dead_tup, t.n_dead_tup + t.n_live_tup,
              t.relid::regclass)
            ELSE format('table %s (%s rows) was never vacuumed', t.relid::regclass, t.n_live_tup) END AS message,
          jsonb_build_object('live_rows', t.n_live_tup, 'dead_rows', t.n_dead_tup,
            'autovacuum_at', round(wait)::bigint, 'last_vacuum', greatest(t.last_vacuum, t.last_autovacuum)) AS evidence,
          format('VACUUM (ANALYZE) %s;', t.relid::regclass)
            || CASE WHEN is_dead THEN '  -- rows that an open transaction may still see stay: see long-transaction'
               ELSE '' END AS mend
        FROM pg_stat_user_tables AS t JOIN pg_class AS c ON c.oid = t.relid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL (
          SELECT \(unsafeSQL: Catalogue.setting("autovacuum_vacuum_threshold"))
            + \(unsafeSQL: Catalogue.setting("autovacuum_vacuum_scale_factor")) * greatest(c.reltuples, 0) AS wait) AS w
        CROSS JOIN LATERAL (
          SELECT t.n_dead_tup >= \(thresholds.deadRows) AND t.n_dead_tup > 2 * wait AS is_dead) AS d
        WHERE (is_dead OR (t.n_live_tup >= \(thresholds.neverVacuumedRows)
            AND t.n_ins_since_vacuum >= \(thresholds.neverVacuumedRows)
            AND t.last_vacuum IS NULL AND t.last_autovacuum IS NULL))
          AND \(unsafeSQL: Catalogue.usersOwn)
        ORDER BY is_dead DESC, t.n_dead_tup DESC
        """
    }

    private static let notAnalysed = PostgresRule(
        "not-analysed", .warning,
        """
        The planner knows nothing of a table's rows, or half of them have changed since it looked, so that its plans are \
        guesses. Advice where autovacuum will look soon.
        """
    ) { thresholds in
        """
        SELECT format('table %s', t.relid::regclass) AS object,
          CASE WHEN NOT (is_left_out OR (is_unknown AND t.n_mod_since_analyze <= wait)) THEN 'advice' END AS level,
          CASE WHEN is_unknown THEN format('table %s (about %s rows) was never analysed', t.relid::regclass, rows)
            ELSE format('%s rows of table %s (about %s) have changed since it was analysed', t.n_mod_since_analyze,
              t.relid::regclass, rows) END AS message,
          jsonb_build_object('rows', rows, 'changed_rows', t.n_mod_since_analyze,
            'last_analyse', greatest(t.last_analyze, t.last_autoanalyze)) AS evidence,
          format('ANALYZE %s;', t.relid::regclass) AS mend
        FROM pg_stat_user_tables AS t JOIN pg_class AS c ON c.oid = t.relid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL (
          SELECT greatest(t.n_live_tup, c.reltuples)::bigint AS rows, \(unsafeSQL: Catalogue.isLeftOut) AS is_left_out,
            \(unsafeSQL: Catalogue.setting("autovacuum_analyze_threshold"))
              + \(unsafeSQL: Catalogue.setting("autovacuum_analyze_scale_factor")) * greatest(c.reltuples, 0) AS wait,
            -- Their times are lost with the counters; the statistics stay.
            t.last_analyze IS NULL AND t.last_autoanalyze IS NULL AND has_table_privilege(c.oid, 'SELECT')
              AND NOT row_security_active(c.oid) AND NOT EXISTS (
                SELECT FROM pg_stats AS s WHERE s.schemaname = n.nspname AND s.tablename = c.relname) AS is_unknown) AS f
        WHERE rows >= \(thresholds.largeTableRows) AND (is_unknown OR t.n_mod_since_analyze > rows / 2)
          AND \(unsafeSQL: Catalogue.usersOwn)
        ORDER BY rows DESC
        """
    }

    private static let autovacuumOff = PostgresRule(
        "autovacuum-off", .warning,
        """
        Autovacuum is off, for the server or for one table: dead rows pile up, plans grow worse, and in the end PostgreSQL \
        stops to prevent wraparound.
        """
    ) { _ in
        """
        SELECT object, NULL AS level, message, evidence, mend FROM (
          SELECT 0 AS place, format('setting %s', name) AS object, format('%s is off', name) AS message,
            jsonb_build_object('setting', setting) AS evidence,
            format('ALTER SYSTEM SET %s = on; SELECT pg_reload_conf();', name) AS mend
          FROM pg_settings WHERE name IN ('autovacuum', 'track_counts') AND setting = 'off'
          UNION ALL
          SELECT 1, format('table %s', c.oid::regclass), format('autovacuum is off for table %s', c.oid::regclass),
            jsonb_build_object('rows', greatest(c.reltuples, 0)::bigint),
            format('ALTER TABLE %s RESET (autovacuum_enabled);', c.oid::regclass)
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('r', 'm') AND \(unsafeSQL: Catalogue.usersOwn)
            AND EXISTS (SELECT FROM unnest(c.reloptions) AS option
                        WHERE option IN ('autovacuum_enabled=false', 'autovacuum_enabled=off'))) AS found
        ORDER BY place, object
        """
    }

    private static let wraparound = PostgresRule(
        "wraparound", .error,
        """
        Too many transactions since the oldest row was frozen (a warning from 1 thousand million on, an error from 1.6): \
        at about 2.1 PostgreSQL takes no more writes.
        """
    ) { thresholds in
        """
        SELECT format('database %I', datname) AS object,
          CASE WHEN age < \(thresholds.wraparoundError) THEN 'warning' END AS level,
          format('database %I has rows that are %s transactions old; at about 2,100,000,000 writes stop', datname, age)
            AS message,
          jsonb_build_object('transactions', age, 'limit', 2100000000) AS evidence,
          coalesce(tables.mend, format('vacuumdb --freeze --dbname %s', quote_literal(datname))) AS mend
        FROM (SELECT datname, greatest(age(datfrozenxid), mxid_age(datminmxid)) AS age FROM pg_database) AS d
        LEFT JOIN LATERAL (
          SELECT string_agg(format('VACUUM (FREEZE) %s;', oldest.name), ' ') AS mend FROM (
            SELECT c.oid::regclass AS name FROM pg_class AS c WHERE c.relkind IN ('r', 'm')
            ORDER BY age(c.relfrozenxid) DESC LIMIT 3) AS oldest
          WHERE d.datname = current_database()) AS tables ON true
        WHERE age >= \(thresholds.wraparoundWarning)
        ORDER BY age DESC
        """
    }

    private static let unlogged = PostgresRule(
        "unlogged-table", .advice,
        "A table without a log: it is empty after a crash, on replicas and in backups of the log."
    ) { _ in
        """
        SELECT format('table %s', c.oid::regclass) AS object, NULL AS level,
          format('table %s is unlogged: a crash empties it', c.oid::regclass) AS message,
          jsonb_build_object('rows', greatest(c.reltuples, 0)::bigint) AS evidence,
          format('ALTER TABLE %s SET LOGGED;', c.oid::regclass) AS mend
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence = 'u' AND \(unsafeSQL: Catalogue.usersOwn)
        ORDER BY c.reltuples DESC
        """
    }
}
