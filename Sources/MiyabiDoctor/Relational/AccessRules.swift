import Postgres

/// Row-level security that is missing or dear, and functions that lend their owner's rights.
enum AccessRules {
    static let all = [securityDisabled, securityWithoutPolicy, policyPerRow, definerSearchPath]

    /// Of `pg_class` c: the names of the roles that may do something with the table, other than its owner and those that
    /// row-level security does not bind. `service_role` may do everything by its meaning.
    private static let grantees = """
        (SELECT array_agg(DISTINCT coalesce(r.rolname, 'PUBLIC'::name)) FROM (
            SELECT (aclexplode(c.relacl)).grantee
            UNION SELECT (aclexplode(a.attacl)).grantee FROM pg_attribute AS a
              WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL) AS given
          LEFT JOIN pg_roles AS r ON r.oid = given.grantee
          WHERE given.grantee <> c.relowner AND NOT (coalesce(r.rolsuper OR r.rolbypassrls, false)
            OR coalesce(r.rolname, '') = 'service_role' OR coalesce(r.rolname, '') ~ '^pg_'))
        """

    private static let securityDisabled = PostgresRule(
        "rls-disabled", .error,
        """
        A table has no row-level security, and anon, authenticated or everybody may use it: each user sees all rows (an \
        error). For other roles it is advice.
        """
    ) { _ in
        """
        SELECT format('table %s', c.oid::regclass) AS object,
          CASE WHEN NOT names && ARRAY['PUBLIC', 'anon', 'authenticated']::name[] THEN 'advice' END AS level,
          format('table %s has no row-level security, and may be used by %s', c.oid::regclass,
            array_to_string(names, ', ')) AS message,
          jsonb_build_object('roles', array_to_string(names, ', ')) AS evidence,
          format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY;  -- and a CREATE POLICY for each role', c.oid::regclass) AS mend
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL \(unsafeSQL: grantees) AS g (names)
        WHERE c.relkind IN ('r', 'p') AND NOT c.relrowsecurity AND NOT c.relispartition AND names IS NOT NULL
          AND \(unsafeSQL: Catalogue.usersOwn)
        ORDER BY names && ARRAY['PUBLIC', 'anon', 'authenticated']::name[] DESC, c.oid::regclass::text
        """
    }

    private static let securityWithoutPolicy = PostgresRule(
        "rls-without-policy", .advice,
        "Row-level security is on and there is no policy: roles that were given the table see no row of it."
    ) { _ in
        """
        SELECT format('table %s', c.oid::regclass) AS object, NULL AS level,
          format('table %s has row-level security and no policy: %s may use it, and sees nothing', c.oid::regclass,
            array_to_string(names, ', ')) AS message,
          jsonb_build_object('roles', array_to_string(names, ', ')) AS evidence,
          format('CREATE POLICY own ON %s FOR SELECT TO %s USING (…);  -- or REVOKE ALL ON %s FROM %s', c.oid::regclass,
            array_to_string(names, ', '), c.oid::regclass, array_to_string(names, ', ')) AS mend
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL \(unsafeSQL: grantees) AS g (names)
        WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity AND names IS NOT NULL
          AND NOT EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid) AND \(unsafeSQL: Catalogue.usersOwn)
        ORDER BY c.oid::regclass::text
        """
    }

    private struct Policy: Decodable {
        var name: String
        var table: String
        var rows: Int
        var using: String?
        var check: String?
    }

    private static let policyPerRow = PostgresRule(
        "policy-per-row", .warning,
        """
        A policy asks who the user is for each row instead of once a statement: 63 ms against 8 on 200,000 rows. Written \
        as (SELECT auth.uid()) it is asked once.
        """
    ) { rule, patient in
        let rows = try await patient.reading { connection in
            try await connection.query(
                """
                SELECT quote_ident(p.polname) AS name, c.oid::regclass::text AS table,
                  greatest(c.reltuples, 0)::bigint AS rows, pg_get_expr(p.polqual, p.polrelid) AS using,
                  pg_get_expr(p.polwithcheck, p.polrelid) AS check
                FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE \(unsafeSQL: Catalogue.usersOwn) ORDER BY c.reltuples DESC, p.polname LIMIT 10000
                """)
        }
        var look = Look()
        for policy in try rows.map({ try $0.decode(as: Policy.self) }) {
            let parts = [("USING", policy.using), ("WITH CHECK", policy.check)].compactMap { clause, text in
                text.map { (clause: clause, calls: PolicyText($0).callsPerRow, text: $0) }
            }
            let calls = Set(parts.flatMap(\.calls)).sorted()
            guard !calls.isEmpty else { continue }
            guard look.findings.count < PostgresPatient.most else {
                look.unseen.append("only the first \(PostgresPatient.most) findings are shown; there are more")
                break
            }
            let clauses = parts.filter { !$0.calls.isEmpty }.map { "\($0.clause) (\(PolicyText($0.text).once))" }
            look.findings.append(
                rule.finding(
                    "policy \(policy.name) on \(policy.table)",
                    "policy \(policy.name) on \(policy.table) calls \(calls.joined(separator: " and ")) for each row",
                    ["rows": .integer(policy.rows), "calls": .text(calls.joined(separator: ", "))],
                    mend: "ALTER POLICY \(policy.name) ON \(policy.table) \(clauses.joined(separator: " "));"))
        }
        return look
    }

    private static let definerSearchPath = PostgresRule(
        "definer-search-path", .error,
        """
        A SECURITY DEFINER function finds names along its caller's search_path: whoever may call it can put a function of \
        their own in the way, and it runs with the owner's rights.
        """
    ) { _ in
        """
        SELECT format('function %s', f.oid::regprocedure) AS object, NULL AS level,
          format('function %s runs as %s along its caller''s search_path', f.oid::regprocedure, f.proowner::regrole)
            AS message,
          jsonb_build_object('owner', f.proowner::regrole::text,
            'callable_by_everybody', EXISTS (
              SELECT FROM aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS acl WHERE acl.grantee = 0))
            AS evidence,
          format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp;  -- and name its tables with their schemas',
            f.oid::regprocedure) AS mend
        FROM pg_proc AS f JOIN pg_namespace AS n ON n.oid = f.pronamespace JOIN pg_language AS l ON l.oid = f.prolang
        WHERE f.prosecdef AND f.prosqlbody IS NULL AND l.lanname NOT IN ('internal', 'c')
          AND NOT EXISTS (SELECT FROM unnest(f.proconfig) AS setting WHERE setting LIKE 'search_path=%')
          AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
          AND NOT EXISTS (
            SELECT FROM pg_depend AS made WHERE made.classid = 'pg_proc'::regclass AND made.objid = f.oid
              AND made.deptype = 'e')
        ORDER BY f.oid::regprocedure::text
        """
    }
}
