import Postgres

/// Indexes that are broken, needless, bloated or missing.
enum IndexRules {
    static let all = [invalid, duplicate, unused, bloated, foreignKey]

    private static let invalid = PostgresRule(
        "invalid-index", .warning,
        """
        An index whose building failed. No query uses it, every write maintains it, and if it is unique it does not keep \
        rows unique.
        """
    ) { _ in
        """
        SELECT format('index %s', i.indexrelid::regclass) AS object,
          CASE WHEN i.indisunique THEN 'error' END AS level,
          format('index %s of %s was not built to its end, so no query uses it', i.indexrelid::regclass,
            i.indrelid::regclass) AS message,
          jsonb_build_object('bytes', c.relpages::bigint * current_setting('block_size')::int,
            'is_unique', i.indisunique) AS evidence,
          CASE WHEN c.relname ~ '_cc(new|old)\\d*$' THEN format('DROP INDEX CONCURRENTLY %s;', i.indexrelid::regclass)
            ELSE format('REINDEX INDEX CONCURRENTLY %s;', i.indexrelid::regclass) END AS mend
        FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE NOT (i.indisvalid AND i.indisready AND i.indislive) AND c.relkind = 'i'
          AND \(unsafeSQL: Catalogue.usersOwn)
          AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index AS building WHERE building.index_relid = i.indexrelid)
        ORDER BY i.indisunique DESC, c.relpages DESC
        """
    }

    private static let duplicate = PostgresRule(
        "duplicate-index", .warning,
        """
        Two indexes with the same keys (a warning), or one whose keys another begins with (advice): every write maintains \
        both, and one would do.
        """
    ) { _ in
        """
        WITH i AS (
          SELECT x.*, x.indkey::int2[] AS keys, x.indclass::oid[] AS classes, x.indcollation::oid[] AS collations,
            x.indoption::int2[] AS options, c.relam, c.relpages, a.amname,
            coalesce(pg_get_expr(x.indexprs, x.indrelid), '') AS expressions,
            coalesce(pg_get_expr(x.indpred, x.indrelid), '') AS predicate,
            (SELECT k.conname FROM pg_constraint AS k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')
             LIMIT 1) AS constraint_name
          FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indexrelid JOIN pg_am AS a ON a.oid = c.relam
          JOIN pg_namespace AS n ON n.oid = c.relnamespace
          WHERE x.indisvalid AND c.relkind = 'i' AND NOT c.relispartition AND \(unsafeSQL: Catalogue.usersOwn)
        ), ranked AS (
          SELECT *, indisprimary::int * 8 + (constraint_name IS NOT NULL)::int * 4 + indisreplident::int * 2
            + indisunique::int AS rank FROM i
        ), pair AS (
          SELECT a.indexrelid::regclass AS needless, b.indexrelid::regclass AS kept, a.indrelid, a.relpages,
            a.constraint_name, true AS is_same
          FROM ranked AS a JOIN ranked AS b ON a.indrelid = b.indrelid AND a.indexrelid <> b.indexrelid
            AND a.relam = b.relam AND a.keys = b.keys AND a.indnkeyatts = b.indnkeyatts AND a.classes = b.classes
            AND a.collations = b.collations AND a.options = b.options AND a.expressions = b.expressions
            AND a.predicate = b.predicate
          WHERE a.rank < b.rank OR (a.rank = b.rank AND a.indexrelid > b.indexrelid)
          UNION ALL
          SELECT a.indexrelid::regclass, b.indexrelid::regclass, a.indrelid, a.relpages, a.constraint_name, false
          FROM ranked AS a JOIN ranked AS b ON a.indrelid = b.indrelid AND a.relam = b.relam
            AND a.indnkeyatts < b.indnkeyatts AND a.indnkeyatts = a.indnatts
            AND a.keys[0:a.indnkeyatts - 1] = b.keys[0:a.indnkeyatts - 1]
            AND a.classes[0:a.indnkeyatts - 1] = b.classes[0:a.indnkeyatts - 1]
            AND a.collations[0:a.indnkeyatts - 1] = b.collations[0:a.indnkeyatts - 1]
            AND a.options[0:a.indnkeyatts - 1] = b.options[0:a.indnkeyatts - 1]
            AND a.expressions = '' AND b.expressions = '' AND a.predicate = b.predicate
          WHERE a.rank = 0 AND a.amname = 'btree'
        ), single AS (SELECT DISTINCT ON (needless) * FROM pair ORDER BY needless, is_same DESC, kept)
        SELECT format('index %s', needless) AS object, CASE WHEN NOT is_same THEN 'advice' END AS level,
          format(CASE WHEN is_same THEN 'index %s has the same keys as %s' ELSE 'index %s is the beginning of %s' END,
            needless, kept) AS message,
          jsonb_build_object('bytes', relpages::bigint * current_setting('block_size')::int, 'kept', kept::text) AS evidence,
          CASE WHEN constraint_name IS NULL THEN format('DROP INDEX CONCURRENTLY %s;', needless)
            ELSE format('ALTER TABLE %s DROP CONSTRAINT %I;', indrelid::regclass, constraint_name) END AS mend
        FROM single ORDER BY is_same DESC, relpages DESC
        """
    }

    private static let unused = PostgresRule(
        "unused-index", .advice,
        """
        An index that no query has used since the statistics began, at least a week ago. Indexes that keep rows unique or \
        that a foreign key needs are not counted.
        """
    ) { thresholds in
        """
        WITH kept AS (
          SELECT coalesce(stats_reset, pg_postmaster_start_time()) AS since FROM pg_stat_database
          WHERE datname = current_database())
        SELECT format('index %s', s.indexrelid::regclass) AS object, NULL AS level,
          format('no query has used index %s (%s) of %s since %s', s.indexrelid::regclass,
            pg_size_pretty(c.relpages::bigint * current_setting('block_size')::int), s.relid::regclass,
            to_char(kept.since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')) AS message,
          jsonb_build_object('bytes', c.relpages::bigint * current_setting('block_size')::int,
            'observed_seconds', extract(epoch FROM now() - kept.since)::bigint,
            'table_changes', t.n_tup_ins + t.n_tup_upd + t.n_tup_del) AS evidence,
          format('DROP INDEX CONCURRENTLY %s;  -- first see whether a replica uses it', s.indexrelid::regclass) AS mend
        FROM kept, pg_stat_user_indexes AS s JOIN pg_index AS i ON i.indexrelid = s.indexrelid
        JOIN pg_class AS c ON c.oid = s.indexrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_stat_user_tables AS t ON t.relid = s.relid
        WHERE s.idx_scan = 0 AND i.indisvalid AND NOT i.indisunique AND NOT i.indisreplident AND NOT i.indisclustered
          AND c.relpages::bigint * current_setting('block_size')::int >= \(thresholds.indexBytes)
          AND now() - kept.since >= make_interval(secs => \(thresholds.unusedAfter.seconds))
          AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)
          AND NOT EXISTS (
            SELECT FROM pg_constraint AS f WHERE f.contype = 'f' AND f.conrelid = i.indrelid
              AND (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey)
          AND \(unsafeSQL: Catalogue.usersOwn)
        ORDER BY c.relpages DESC
        """
    }

    private static let bloated = PostgresRule(
        "bloated-index", .advice,
        """
        A B-tree that is at least half empty, by an estimate from the statistics of its columns: it takes memory and disk \
        for nothing. `pgstattuple` measures it exactly, and reads it whole.
        """
    ) { rule, patient in
        var look = try await patient.findings(rule, bloat(patient.thresholds))
        let unknown = try await patient.reading { connection in
            try await connection.query(
                """
                SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE c.relkind = 'r' AND c.relpages > 0 AND \(unsafeSQL: Catalogue.usersOwn)
                  AND (NOT has_table_privilege(c.oid, 'SELECT') OR row_security_active(c.oid))
                """
            ).decode(Int.self).first ?? 0
        }
        if unknown > 0 {
            look.unseen.append("\(unknown) tables: only who may read a table whole sees the statistics of its columns")
        }
        return look
    }

    /// A tuple of a B-tree: 8 bytes of header (16 with NULLs), the keys aligned to 8, and 4 bytes for its place in the page.
    /// Equal keys are kept once since PostgreSQL 13: there the real index is smaller than the estimate, and nothing is told.
    private static func bloat(_ thresholds: Thresholds) -> PostgresQuery {
        """
        WITH candidate AS (
          SELECT i.indexrelid, i.indrelid, i.indkey::int2[] AS keys, c.reltuples, c.relpages, n.nspname, c.relname,
            current_setting('block_size')::int AS block,
            coalesce((SELECT substring(option from '=(.*)')::int FROM unnest(c.reloptions) AS option
                      WHERE option LIKE 'fillfactor=%'), 90) AS fill
          FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
          JOIN pg_am AS a ON a.oid = c.relam AND a.amname = 'btree'
          WHERE c.relkind = 'i' AND i.indisvalid AND c.reltuples >= 0
            AND c.relpages::bigint * current_setting('block_size')::int >= \(thresholds.bloatedIndexBytes)
            AND \(unsafeSQL: Catalogue.usersOwn)
          ORDER BY c.relpages DESC LIMIT 500
        ), measured AS (
          SELECT k.indexrelid, k.indrelid, k.reltuples, k.relpages, k.block, k.fill,
            ceil(sum((1 - s.null_frac) * s.avg_width) / 8) * 8 + CASE WHEN bool_or(s.null_frac > 0) THEN 16 ELSE 8 END + 4
              AS tuple
          FROM candidate AS k JOIN pg_attribute AS ia ON ia.attrelid = k.indexrelid AND ia.attnum > 0
          JOIN pg_class AS t ON t.oid = k.indrelid
          LEFT JOIN pg_attribute AS ta ON ta.attrelid = k.indrelid AND ta.attnum = k.keys[ia.attnum - 1]
          LEFT JOIN pg_stats AS s ON s.schemaname = k.nspname AND NOT s.inherited
            AND s.tablename = CASE WHEN ta.attname IS NULL THEN k.relname ELSE t.relname END
            AND s.attname = coalesce(ta.attname, ia.attname)
          GROUP BY k.indexrelid, k.indrelid, k.reltuples, k.relpages, k.block, k.fill
          HAVING count(s.avg_width) = count(*)
        ), estimate AS (
          SELECT *, 1 + ceil(reltuples * tuple / ((block - 40) * fill / 100.0)) AS pages FROM measured
        )
        SELECT format('index %s', indexrelid::regclass) AS object, NULL AS level,
          format('index %s of %s takes %s and needs about %s (an estimate)', indexrelid::regclass, indrelid::regclass,
            pg_size_pretty(relpages::bigint * block), pg_size_pretty((pages * block)::bigint)) AS message,
          jsonb_build_object('bytes', relpages::bigint * block, 'estimated_bytes', (pages * block)::bigint,
            'is_estimate', true) AS evidence,
          format('REINDEX INDEX CONCURRENTLY %s;', indexrelid::regclass) AS mend
        FROM estimate WHERE 1 - pages / relpages >= \(thresholds.bloatedPart)
        ORDER BY relpages - pages DESC
        """
    }

    private static let foreignKey = PostgresRule(
        "foreign-key-without-index", .warning,
        """
        No index begins with the columns of a foreign key: each row deleted from the table that it refers to reads the \
        whole table, under locks.
        """
    ) { _ in
        """
        SELECT format('constraint %I of %s', f.conname, f.conrelid::regclass) AS object, NULL AS level,
          format('each delete from %s reads all of %s (about %s rows): no index begins with %s', f.confrelid::regclass,
            f.conrelid::regclass, greatest(c.reltuples, 0)::bigint, names.list) AS message,
          jsonb_build_object('rows', greatest(c.reltuples, 0)::bigint, 'columns', names.list,
            'deletes', coalesce(pg_stat_get_tuples_deleted(f.confrelid), 0)) AS evidence,
          format('CREATE INDEX CONCURRENTLY ON %s (%s);', f.conrelid::regclass, names.list) AS mend
        FROM pg_constraint AS f JOIN pg_class AS c ON c.oid = f.conrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL (
          SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.place) AS list
          FROM unnest(f.conkey) WITH ORDINALITY AS k (number, place)
          JOIN pg_attribute AS a ON a.attrelid = f.conrelid AND a.attnum = k.number) AS names
        WHERE f.contype = 'f' AND f.conparentid = 0 AND \(unsafeSQL: Catalogue.usersOwn)
          AND NOT EXISTS (
            SELECT FROM pg_index AS i JOIN pg_class AS ic ON ic.oid = i.indexrelid
            JOIN pg_am AS m ON m.oid = ic.relam AND m.amname IN ('btree', 'hash')
            WHERE i.indrelid = f.conrelid AND i.indisvalid
              AND (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey
              -- An index of the rows that refer to something has all that are looked for.
              AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) = format('(%s IS NOT NULL)', names.list)))
        ORDER BY c.reltuples DESC
        """
    }
}
