import Postgres

/// Types that will be too narrow, and times that shift.
enum ColumnRules {
    static let all = [timestamp, integerID, sequence]

    private static let timestamp = PostgresRule(
        "timestamp-without-time-zone", .advice,
        """
        A time without a zone means another moment in each session's zone, and an hour of each year twice: TIMESTAMPTZ.
        """
    ) { _ in
        """
        SELECT format('table %s', c.oid::regclass) AS object, NULL AS level,
          format('table %s keeps times without a time zone: %s', c.oid::regclass,
            string_agg(a.attname, ', ' ORDER BY a.attnum)) AS message,
          jsonb_build_object('columns', count(*), 'rows', greatest(c.reltuples, 0)::bigint) AS evidence,
          format('ALTER TABLE %s %s;  -- rewrites the table, under a lock', c.oid::regclass, string_agg(
            format('ALTER COLUMN %1$I TYPE timestamptz USING %1$I AT TIME ZONE ''UTC''', a.attname), ', '
            ORDER BY a.attnum)) AS mend
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.atttypid = 'timestamp'::regtype
          AND \(unsafeSQL: Catalogue.usersOwn)
        GROUP BY c.oid, c.reltuples ORDER BY c.reltuples DESC
        """
    }

    private static let integerID = PostgresRule(
        "integer-id", .advice,
        "An id of 4 bytes or fewer ends at 2,147,483,647, and GitHub's are near it: BIGINT."
    ) { _ in
        """
        SELECT format('table %s', c.oid::regclass) AS object, NULL AS level,
          format('table %s has ids that end at %s: %s', c.oid::regclass,
            CASE WHEN bool_or(a.atttypid = 'int2'::regtype) THEN '32,767' ELSE '2,147,483,647' END,
            string_agg(a.attname, ', ' ORDER BY a.attnum)) AS message,
          jsonb_build_object('columns', count(*), 'rows', greatest(c.reltuples, 0)::bigint) AS evidence,
          format('ALTER TABLE %s %s;  -- rewrites the table, under a lock', c.oid::regclass, string_agg(
            format('ALTER COLUMN %I TYPE bigint', a.attname), ', ' ORDER BY a.attnum)) AS mend
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.atttypid IN ('int4'::regtype, 'int2'::regtype)
          AND (a.attname ~ '(^|_)id$' OR EXISTS (
            SELECT FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'f')
              AND k.conkey = ARRAY[a.attnum]))
          AND \(unsafeSQL: Catalogue.usersOwn)
        GROUP BY c.oid, c.reltuples ORDER BY c.reltuples DESC
        """
    }

    private static let sequence = PostgresRule(
        "sequence-near-end", .error,
        """
        A sequence, or the column that it fills, is half used up (advice), by three quarters (a warning) or nine tenths (an \
        error). At its end every insert fails.
        """
    ) { rule, patient in
        var look = try await patient.findings(rule, ends(patient.thresholds))
        let hidden = try await patient.reading { connection in
            try await connection.query(
                """
                SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE CASE WHEN c.relkind = 'S' THEN NOT has_sequence_privilege(c.oid, 'SELECT, USAGE') END
                  AND \(unsafeSQL: Catalogue.usersOwn)
                """
            ).decode(Int.self).first ?? 0
        }
        if hidden > 0 { look.unseen.append("\(hidden) sequences: they need SELECT or USAGE") }
        return look
    }

    private static func ends(_ thresholds: Thresholds) -> PostgresQuery {
        """
        WITH s AS (
          SELECT c.oid, q.last_value, q.increment_by, a.attrelid, a.attname,
            CASE WHEN q.increment_by > 0 THEN least(q.max_value, CASE a.atttypid WHEN 'int4'::regtype THEN 2147483647
              WHEN 'int2'::regtype THEN 32767 ELSE q.max_value END) END AS last,
            a.atttypid IN ('int4'::regtype, 'int2'::regtype) AS is_narrow
          FROM pg_sequences AS q JOIN pg_namespace AS n ON n.nspname = q.schemaname
          JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = q.sequencename
          LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
            AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
          LEFT JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
          WHERE NOT q.cycle AND q.last_value IS NOT NULL AND \(unsafeSQL: Catalogue.usersOwn)
        )
        SELECT format('sequence %s', oid::regclass) AS object,
          CASE WHEN part < \(thresholds.sequenceParts.warning) THEN 'advice'
            WHEN part < \(thresholds.sequenceParts.error) THEN 'warning' END AS level,
          format('sequence %s has given %s of %s numbers (%s %%)', oid::regclass, last_value, last,
            floor(part * 100)) AS message,
          jsonb_build_object('last_value', last_value, 'limit', last) AS evidence,
          CASE WHEN is_narrow THEN format('ALTER SEQUENCE %s AS bigint; ALTER TABLE %s ALTER COLUMN %I TYPE bigint;  '
              '-- rewrites the table, under a lock', oid::regclass, attrelid::regclass, attname)
            ELSE format('ALTER SEQUENCE %s AS bigint NO MAXVALUE;', oid::regclass) END AS mend
        FROM s CROSS JOIN LATERAL (SELECT last_value::float8 / last AS part) AS p
        WHERE part >= \(thresholds.sequenceParts.advice)
        ORDER BY part DESC
        """
    }
}
