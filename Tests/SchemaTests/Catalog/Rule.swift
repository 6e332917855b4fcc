import Testing

/// A rule for the whole schema, as a query for what breaks it.
struct Rule: CustomTestStringConvertible {
    let name: String
    /// Whether the specification's DDL keeps the rule too.
    var holdsAtVersionThree = false
    let offenders: String

    var testDescription: String { name }

    static let all = access + indexes + columns

    static let access = [
        Rule(
            name: "row-level security is on, and not forced", holdsAtVersionThree: true,
            offenders: """
                SELECT relname::text FROM pg_class
                WHERE relnamespace::regnamespace::text IN ('public', 'metering', 'outbox', 'counting', 'dispatch') AND relkind = 'r'
                  AND (NOT relrowsecurity OR relforcerowsecurity)
                """),
        Rule(
            name: "every policy names its roles",
            offenders: "SELECT policyname::text FROM pg_policies WHERE roles && ARRAY['public'::name]"),
        Rule(
            name: "every table has a policy for service_role",
            offenders: """
                SELECT tablename::text FROM pg_tables
                WHERE schemaname IN ('public', 'metering', 'outbox', 'counting', 'dispatch') AND NOT EXISTS (
                  SELECT FROM pg_policies AS policy WHERE policy.tablename = pg_tables.tablename
                    AND policy.roles = ARRAY['service_role'::name] AND policy.cmd = 'ALL')
                """),
        Rule(
            name: "policies ask auth once for a query",
            offenders: """
                SELECT policyname::text FROM pg_policies, LATERAL concat(qual, ' ', with_check) AS expression
                WHERE regexp_replace(expression, 'SELECT auth\\.', '', 'g') ~ 'auth\\.'
                """),
        Rule(
            name: "nothing of ours is PUBLIC's to execute",
            offenders: """
                SELECT oid::regprocedure::text FROM pg_proc
                WHERE pronamespace::regnamespace::text IN ('public', 'auth', 'metering', 'outbox', 'counting', 'dispatch')
                  AND EXISTS (
                    SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0)
                  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
                """),
        Rule(
            name: "no table right is PUBLIC's or more than anon's two tables and the shop", holdsAtVersionThree: false,
            offenders: """
                SELECT relname::text FROM pg_class, aclexplode(relacl) AS acl
                WHERE relnamespace::regnamespace::text IN ('public', 'metering', 'outbox', 'counting', 'dispatch')
                  AND relkind IN ('r', 'v', 'm')
                  AND (acl.grantee = 0 OR (acl.grantee = 'anon'::regrole
                    AND (acl.privilege_type <> 'SELECT' OR relname NOT IN ('plugins', 'plugin_shop', 'plugin_reviews'))))
                """),
        Rule(
            name: "functions resolve no name along the caller's search path",
            offenders: """
                SELECT oid::regprocedure::text FROM pg_proc
                WHERE pronamespace::regnamespace::text IN ('public', 'auth', 'metering', 'outbox', 'counting', 'dispatch')
                  AND prosqlbody IS NULL AND NOT coalesce(proconfig::text LIKE '%search_path=%', false)
                  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
                """),
        Rule(
            name: "a definer function pins its search path", holdsAtVersionThree: true,
            offenders: """
                SELECT oid::regprocedure::text FROM pg_proc
                WHERE prosecdef AND NOT coalesce(proconfig::text LIKE '%search_path=pg_catalog, pg_temp%', false)
                """),
        Rule(
            name: "public is not PUBLIC's to create in", holdsAtVersionThree: true,
            offenders: """
                SELECT nspname::text FROM pg_namespace, aclexplode(nspacl) AS acl
                WHERE nspname IN ('public', 'auth', 'metering', 'outbox', 'counting', 'dispatch')
                  AND acl.grantee <> nspowner AND acl.privilege_type = 'CREATE'
                """),
    ]

    static let indexes = [
        Rule(
            name: "every foreign key is indexed",
            offenders: """
                SELECT conname::text FROM pg_constraint
                WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND NOT EXISTS (
                  SELECT FROM pg_index WHERE indrelid = conrelid AND indpred IS NULL
                    AND (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey)
                """),
        Rule(
            name: "no index repeats another, or the front of one",
            offenders: """
                SELECT a.indexrelid::regclass::text FROM pg_index AS a JOIN pg_index AS b
                  ON a.indrelid = b.indrelid AND a.indexrelid <> b.indexrelid
                JOIN pg_class AS ac ON ac.oid = a.indexrelid JOIN pg_class AS bc ON bc.oid = b.indexrelid
                WHERE ac.relnamespace = 'public'::regnamespace AND ac.relam = bc.relam
                  AND a.indkey::text || ' ' = left(b.indkey::text || ' ', length(a.indkey::text) + 1)
                  AND a.indexprs IS NULL AND b.indexprs IS NULL AND a.indpred IS NULL AND b.indpred IS NULL
                  AND NOT a.indisunique
                """),
        Rule(
            name: "every order by time has the cursor's tie-breaker",
            offenders: """
                SELECT indexname::text FROM pg_indexes
                WHERE schemaname = 'public' AND indexdef ~ '(created|issued|submitted|revoked)_at( DESC)?[),]'
                  AND indexdef !~ '_at DESC, id DESC\\)' AND indexdef !~ '_at, id\\)'
                """),
        Rule(
            name: "every index is valid", holdsAtVersionThree: true,
            offenders: "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready"),
    ]

    static let columns = [
        Rule(
            name: "times have a zone",
            offenders: """
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'
                """),
        Rule(
            name: "GitHub's ids and counters are BIGINT",
            offenders: """
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND data_type <> 'bigint'
                  AND column_name IN ('github_id', 'github_repo_id', 'issues', 'tokens', 'downloads')
                """),
        Rule(
            name: "a column with a default is NOT NULL",
            offenders: """
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND column_default IS NOT NULL AND is_nullable = 'YES'
                """),
        Rule(
            name: "updated_at is kept by a trigger",
            offenders: """
                SELECT table_name::text FROM information_schema.columns
                JOIN information_schema.tables USING (table_schema, table_name)
                WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name = 'updated_at' AND NOT EXISTS (
                  SELECT FROM pg_trigger
                  WHERE tgrelid = table_name::regclass AND tgname = table_name || '_set_updated_at')
                """),
        Rule(
            name: "no default needs an extension",
            offenders: """
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND column_default LIKE '%uuid_generate%'
                """),
    ]
}
