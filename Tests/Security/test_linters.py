"""Linters of row-level security on a migrated home. Every finding is explained in docs/security.md or it fails here."""

import fnmatch
import json
import pathlib
import subprocess
import sys

import pytest

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs/security.md"
SCHEMAS = "public,auth,outbox,metering,counting,dispatch"

# pgrls: by rule, where it finds something and why that is as it should be (docs/security.md says so at length).
TRUSTED = ["*_service", "outbox.*_relay", "*.websocket_connections_relay"]
EVERYONES = ["public.plugins.plugins_select", "public.plugin_reviews.plugin_reviews_select"]
EXPLAINED = {
    "PERF003": ["public.agent_executions.agent_executions_insert_own", "public.workflows.workflows_select"],
    "SEC001": ["public._sqlx_migrations"],
    "SEC002": ["*"],
    "SEC005": TRUSTED + EVERYONES + ["*_admin"],
    "SEC007": ["*"],
    "SEC008": TRUSTED + EVERYONES,
    "SEC013": ["*_set_updated_at", "*.agent_executions_outbox_*", "*.agent_executions_end_lease", "*.usage_events_outbox",
               "*.licenses_stamp_revocation", "*.plugin_reviews_rate_*", "*.plugins_keep_author_columns",
               "*.repositories_keep_claims"],
    "SEC014": ["auth.delete_*", "auth.is_admin", "dispatch.end_lease", "outbox.note_*", "public.fold_plugin_counts",
               "public.license_is_revoked", "public.update_plugin_rating"],
    "SEC016": ["service_role"],
    "SEC023": ["*_service"],
    "SEC027": ["dispatch.leases", "outbox.changes", "outbox.usage", "public.repositories"],
    "SEC028": TRUSTED[:2],
    "SEC029": ["miyabi", "miyabi_app"],
    "SEC030": ["public.line_messages", "public.workflows"],
    "SEC035": ["public.licenses (*", "public.repositories (*", "public.subscriptions (*", "public.users (*",
               "public.web_users (*", "public.websocket_connections (*"],
    "SEC038": TRUSTED + EVERYONES,
    "SEC049": ["public.plugins", "public.plugin_reviews"],
    "VIEW001": ["public.plugin_shop"],
    "VIEW002": ["public.plugin_shop"],
}


def pgrls(url):
    program = pathlib.Path(sys.executable).parent / "pgrls"
    done = subprocess.run([program, "lint", "--database-url", url, "--schemas", SCHEMAS, "--format", "json"],
                          capture_output=True, text=True, timeout=120)
    return [(found["rule_id"], found["location"]) for found in json.loads(done.stdout)["violations"]]


def unexplained(findings):
    return [(rule, place) for rule, place in findings
            if not any(fnmatch.fnmatchcase(place, pattern) for pattern in EXPLAINED.get(rule, []))]


def test_pgrls_finds_nothing_that_is_not_explained(shared_home):
    findings = pgrls(shared_home.address())
    assert unexplained(findings) == []
    # Nor does an explanation stay that explains nothing any more.
    for rule, patterns in EXPLAINED.items():
        places = [place for found, place in findings if found == rule]
        assert all(fnmatch.filter(places, pattern) for pattern in patterns), rule
        assert rule in DOCS.read_text(), f"{rule} is not explained"


def test_pgrls_finds_a_fault(shared_home):
    shared_home.psql("CREATE TABLE faulty (id uuid PRIMARY KEY, user_id uuid); GRANT SELECT ON faulty TO anon")
    try:
        assert ("SEC001", "public.faulty") in unexplained(pgrls(shared_home.address()))
    finally:
        shared_home.psql("DROP TABLE faulty")


OURS = "IN ('public', 'auth', 'outbox', 'metering', 'counting', 'dispatch')"
EXPOSED = f"nspname {OURS} AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')"
CLASS = "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
BOOKS = "('_sqlx_migrations', '_own_migrations')"
POLICY = f"pg_policy p JOIN {CLASS} ON c.oid = p.polrelid"
QUALS = "concat(pg_get_expr(polqual, polrelid), ' ', pg_get_expr(polwithcheck, polrelid))"

# The rules of Supabase's splinter that PostgreSQL alone has a meaning for, in our words: what breaks each, what would.
RULES = {
    "foreign key without an index": (
        f"""SELECT conname FROM pg_constraint k JOIN {CLASS} ON c.oid = conrelid WHERE contype = 'f' AND {EXPOSED}
            AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = conrelid AND i.indpred IS NULL
              AND (i.indkey::int2[])[0:cardinality(conkey) - 1] @> conkey)""",
        "CREATE TABLE faulty (id uuid PRIMARY KEY, user_id uuid REFERENCES users)"),
    "auth called once for every row": (
        f"SELECT polname FROM {POLICY} WHERE regexp_replace({QUALS}, 'SELECT auth\\.', '', 'g') ~ '(auth\\.|current_setting)'",
        "CREATE POLICY faulty ON logs TO anon USING (auth.uid() IS NULL)"),
    "table without a primary key": (
        f"""SELECT relname FROM {CLASS} WHERE relkind = 'r' AND {EXPOSED}
            AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisprimary)""", "CREATE TABLE faulty ()"),
    "two permissive policies for one role and command": (
        f"""SELECT relname || ' ' || role::regrole || ' ' || command::text FROM {POLICY}, unnest(polroles) AS role,
              unnest(CASE polcmd WHEN '*' THEN '{{r,a,w,d}}'::"char"[] ELSE ARRAY[polcmd] END) AS command
            WHERE polpermissive AND {EXPOSED} GROUP BY relname, role, command HAVING count(*) > 1""",
        "CREATE POLICY faulty ON users FOR SELECT TO authenticated USING (true)"),
    "policies on a table without row-level security": (
        f"SELECT relname FROM {POLICY} WHERE NOT relrowsecurity",
        "CREATE TABLE faulty (); CREATE POLICY faulty ON faulty USING (true)"),
    "row-level security and no policy": (
        f"""SELECT relname FROM {CLASS} WHERE relkind IN ('r', 'p') AND relrowsecurity AND {EXPOSED}
            AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)""",
        "CREATE TABLE faulty (); ALTER TABLE faulty ENABLE ROW LEVEL SECURITY"),
    "no row-level security": (
        f"SELECT relname FROM {CLASS} WHERE relkind IN ('r', 'p') AND NOT relrowsecurity AND relname NOT IN {BOOKS} AND {EXPOSED}",
        "CREATE TABLE faulty ()"),
    "the same index twice": (
        f"""SELECT c.relname FROM pg_index i JOIN {CLASS} ON c.oid = i.indrelid WHERE {EXPOSED}
            GROUP BY c.relname, indkey, indclass, indcollation, indoption, indexprs::text, indpred::text HAVING count(*) > 1""",
        "CREATE INDEX faulty ON users (email_folded)"),
    "view that runs as its owner": (
        f"""SELECT relname FROM {CLASS} WHERE relkind = 'v' AND {EXPOSED} AND relname <> 'plugin_shop'
            AND NOT coalesce(array_to_string(reloptions, ',') ~ 'security_invoker=(true|on|1)', false)""",
        "CREATE VIEW faulty AS SELECT * FROM users"),
    "materialized view or foreign table for requests": (
        f"SELECT relname FROM {CLASS} WHERE relkind IN ('m', 'f') AND {EXPOSED}",
        "CREATE MATERIALIZED VIEW faulty AS SELECT 1 AS one"),
    "function that follows the caller's search path": (
        f"""SELECT proname FROM pg_proc c JOIN pg_namespace n ON n.oid = pronamespace WHERE {EXPOSED} AND prosqlbody IS NULL
            AND NOT coalesce(array_to_string(proconfig, ',') LIKE '%search_path=%', false)""",
        "CREATE FUNCTION faulty() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
    "policy that asks what users write about themselves": (
        f"SELECT polname FROM {POLICY} WHERE {QUALS} LIKE '%user_metadata%'",
        "CREATE POLICY faulty ON logs TO anon USING ((auth.jwt() -> 'user_metadata') IS NOT NULL)"),
    "policy that is always true, for people": (
        f"""SELECT polname FROM {POLICY} WHERE polpermissive
            AND 'true' IN (pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
            AND polroles && ARRAY[0, 'anon'::regrole, 'authenticated'::regrole]::oid[]
            AND NOT (polcmd = 'r' AND polname IN ('plugins_select', 'plugin_reviews_select'))""",
        "CREATE POLICY faulty ON logs FOR INSERT TO anon WITH CHECK (true)"),
    "function of the owner's that people call": (
        f"""SELECT proname FROM pg_proc c JOIN pg_namespace n ON n.oid = pronamespace WHERE prosecdef AND {EXPOSED}
            AND (has_function_privilege('anon', c.oid, 'EXECUTE') OR has_function_privilege('authenticated', c.oid, 'EXECUTE'))
            AND proname NOT IN ('is_admin', 'license_is_revoked', 'delete_plugin', 'delete_plugin_review', 'delete_repository',
              'delete_workflow')""",
        "CREATE FUNCTION faulty() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION faulty TO anon"),
    "column of a type that an upgrade cannot carry": (
        f"""SELECT attname FROM pg_attribute a JOIN {CLASS} ON c.oid = attrelid WHERE {EXPOSED} AND relkind = 'r'
            AND atttypid IN ('regproc'::regtype, 'regoper'::regtype, 'regconfig'::regtype, 'regdictionary'::regtype)""",
        "CREATE TABLE faulty (name regproc)"),
    "extension whose functions stand among ours": (
        """SELECT extname FROM pg_extension WHERE extnamespace = 'public'::regnamespace
           AND extname NOT IN ('uuid-ossp', 'pg_trgm', 'pg_stat_statements')""", "CREATE EXTENSION citext"),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_of_splinter_holds_and_finds_its_fault(shared_home, rule):
    query, fault = RULES[rule]
    assert shared_home.psql(query) == "", rule
    assert shared_home.psql(f"BEGIN; {fault}; {query}; ROLLBACK") != "", f"{rule}: the fault is not found"
