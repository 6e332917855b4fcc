import Foundation
import MiyabiDoctor
import Postgres
import Testing

/// What makes a rule speak on a real server, and what is silent before and after.
struct Cause: Sendable, CustomTestStringConvertible {
    /// The rule's name.
    let rule: String
    /// What the finding is about.
    let object: String
    /// How bad it is.
    let level: Level
    /// Statements that may be there without a finding.
    var before: [String] = []
    /// The statements that cause it, each by itself. One that begins with `!` must fail.
    let statements: [String]
    /// Statements that are run before what mends it.
    var beforeMend: [String] = []
    /// Whether the mend is SQL that is run, after which the rule has to be silent.
    var isMended = true
    /// Statements that are run after it, so that the statistics know.
    var afterMend: [String] = []
    /// Thresholds for a small table.
    var adjust: @Sendable (inout Thresholds) -> Void = { _ in }

    var testDescription: String { "\(rule): \(object)" }

    /// A table of rows that are all different.
    static func table(_ name: String, rows: Int) -> String {
        "CREATE TABLE \(name) AS SELECT g AS key, g % 7 AS kind, md5(g::text) AS text FROM generate_series(1, \(rows)) AS g"
    }
}

extension Cause {
    static let all = indexes + tables + columns + access

    static let indexes = [
        Cause(
            rule: "invalid-index", object: "index public.broken", level: .warning,
            statements: [
                "CREATE TABLE divided (key bigint)", "INSERT INTO divided VALUES (0)",
                "!CREATE INDEX CONCURRENTLY broken ON divided ((1 / key))",
            ],
            beforeMend: ["UPDATE divided SET key = 1", "VACUUM divided"]),
        Cause(
            rule: "invalid-index", object: "index public.twice", level: .error,
            statements: [
                "CREATE TABLE repeated (key bigint)", "INSERT INTO repeated VALUES (1), (1)",
                "!CREATE UNIQUE INDEX CONCURRENTLY twice ON repeated (key)",
            ],
            beforeMend: ["DELETE FROM repeated WHERE ctid = '(0,1)'"]),
        Cause(
            rule: "duplicate-index", object: "index public.second", level: .warning,
            before: [
                "CREATE TABLE doubled (key bigint, other text)", "CREATE INDEX first ON doubled (key)",
                "CREATE INDEX down ON doubled (key DESC)", "CREATE INDEX hashed ON doubled USING hash (key)",
                "CREATE INDEX part ON doubled (key) WHERE key > 7",
                "CREATE INDEX pattern ON doubled (other text_pattern_ops)",
                "CREATE INDEX plain ON doubled (other)", "CREATE UNIQUE INDEX pair_key ON doubled (other, key)",
                "DROP INDEX plain",
            ],
            statements: ["CREATE INDEX second ON doubled (key)"]),
        Cause(
            rule: "duplicate-index", object: "index public.beside", level: .warning,
            before: ["CREATE TABLE unique_once (key bigint UNIQUE)"],
            statements: ["CREATE INDEX beside ON unique_once (key)"]),
        Cause(
            rule: "duplicate-index", object: "index public.front", level: .advice,
            before: [
                "CREATE TABLE pairs (a bigint, b bigint)", "CREATE INDEX whole ON pairs (a, b)",
                // Not the beginning, or not only.
                "CREATE INDEX back ON pairs (b)", "CREATE UNIQUE INDEX keeps_unique ON pairs (a)",
            ],
            statements: ["DROP INDEX keeps_unique", "CREATE INDEX front ON pairs (a)"]),
        Cause(
            rule: "unused-index", object: "index public.idle_index", level: .advice,
            before: [
                table("visited", rows: 5000), "CREATE UNIQUE INDEX visited_key ON visited (key)",
                "CREATE INDEX used ON visited (text)", "ANALYZE visited", "SET enable_seqscan = off",
                "SELECT * FROM visited WHERE text = 'x'",
            ],
            statements: ["CREATE INDEX idle_index ON visited (kind)", "ANALYZE visited"],
            adjust: {
                $0.unusedAfter = .zero
                $0.indexBytes = 32_768
            }),
        Cause(
            rule: "bloated-index", object: "index public.hollow", level: .advice,
            before: [
                table("emptied", rows: 60_000), "CREATE INDEX hollow ON emptied (text)", "VACUUM ANALYZE emptied",
            ],
            statements: ["DELETE FROM emptied WHERE key % 10 <> 0", "VACUUM ANALYZE emptied"],
            adjust: { $0.bloatedIndexBytes = 1 << 20 }),
        Cause(
            rule: "foreign-key-without-index", object: "constraint child_parent_fkey of public.child", level: .warning,
            before: [
                "CREATE TABLE parent (key bigint PRIMARY KEY)",
                "CREATE TABLE known (parent bigint REFERENCES parent, other bigint)",
                "CREATE INDEX ON known (parent, other)",
                "CREATE TABLE sparse (parent bigint REFERENCES parent)",
                "CREATE INDEX ON sparse (parent) WHERE parent IS NOT NULL",
            ],
            statements: ["CREATE TABLE child (parent bigint REFERENCES parent)"]),
    ]

    static let tables = [
        Cause(
            rule: "sequential-scans", object: "table public.read_whole", level: .advice,
            before: [table("read_whole", rows: 3000), "CREATE UNIQUE INDEX ON read_whole (key)", "ANALYZE read_whole"]
                + Array(repeating: "SELECT * FROM read_whole WHERE key = 5", count: 6),
            statements: Array(repeating: "SELECT * FROM read_whole WHERE text = 'x'", count: 6), isMended: false,
            adjust: {
                $0.largeTableRows = 1000
                $0.sequentialScans = 5
            }),
        Cause(
            rule: "not-vacuumed", object: "table public.dying", level: .warning,
            before: [table("dying", rows: 1000), "VACUUM ANALYZE dying", "DELETE FROM dying WHERE key <= 300"],
            statements: ["DELETE FROM dying WHERE key <= 600"],
            adjust: { $0.deadRows = 100 }),
        Cause(
            rule: "not-vacuumed", object: "table public.only_grows", level: .advice,
            statements: [table("only_grows", rows: 3000)],
            adjust: { $0.neverVacuumedRows = 2000 }),
        Cause(
            rule: "not-analysed", object: "table public.unknown_rows", level: .warning,
            before: [table("analysed", rows: 3000), "ANALYZE analysed"],
            statements: [table("unknown_rows", rows: 3000)],
            adjust: { $0.largeTableRows = 1000 }),
        Cause(
            rule: "autovacuum-off", object: "table public.left_out", level: .warning,
            statements: ["CREATE TABLE left_out (key bigint) WITH (autovacuum_enabled = false)"]),
        Cause(
            rule: "unlogged-table", object: "table public.fleeting", level: .advice,
            statements: ["CREATE UNLOGGED TABLE fleeting (key bigint)"]),
    ]

    static let columns = [
        Cause(
            rule: "timestamp-without-time-zone", object: "table public.zoneless", level: .advice,
            before: ["CREATE TABLE zoned (at timestamptz, day date)"],
            statements: ["CREATE TABLE zoneless (\"at\" timestamp, until timestamp(3))"]),
        Cause(
            rule: "integer-id", object: "table public.narrow", level: .advice,
            before: ["CREATE TABLE wide (id bigint PRIMARY KEY, price integer, valid boolean)"],
            statements: ["CREATE TABLE narrow (number integer PRIMARY KEY, github_id integer, price integer)"]),
        Cause(
            rule: "sequence-near-end", object: "sequence public.counted_key_seq", level: .error,
            before: ["CREATE TABLE counted (key serial PRIMARY KEY)", "SELECT setval('counted_key_seq', 1000)"],
            statements: ["SELECT setval('counted_key_seq', 2000000000)"]),
        Cause(
            rule: "sequence-near-end", object: "sequence public.alone", level: .advice,
            before: ["CREATE SEQUENCE round MAXVALUE 10 CYCLE", "SELECT setval('round', 9)"],
            statements: ["CREATE SEQUENCE alone MAXVALUE 1000", "SELECT setval('alone', 600)"]),
    ]

    static let access = [
        Cause(
            rule: "rls-disabled", object: "table public.open_to_all", level: .error,
            before: [
                "CREATE TABLE nobodys (key bigint)", "CREATE TABLE of_the_service (key bigint)",
                "GRANT ALL ON of_the_service TO service_role",
            ],
            statements: [
                "CREATE TABLE open_to_all (key bigint)", "GRANT SELECT (key) ON open_to_all TO authenticated",
            ],
            isMended: false),
        Cause(
            rule: "rls-without-policy", object: "table public.shut", level: .advice,
            before: ["CREATE TABLE shut (key bigint)", "GRANT SELECT ON shut TO authenticated"],
            statements: ["ALTER TABLE shut ENABLE ROW LEVEL SECURITY"], isMended: false),
        Cause(
            rule: "policy-per-row", object: "policy own on public.asked", level: .warning,
            before: [
                "CREATE TABLE asked (user_id uuid)",
                "CREATE POLICY once ON asked USING (user_id = (SELECT auth.uid()))",
                "CREATE POLICY always ON asked USING (lower('auth.uid()') = 'a')",
            ],
            statements: ["CREATE POLICY own ON asked USING (user_id = auth.uid()) WITH CHECK (auth.uid() = user_id)"]),
        Cause(
            rule: "policy-per-row", object: "policy \"of the other\" on public.inside", level: .warning,
            statements: [
                "CREATE TABLE others (key bigint, owner text)", "CREATE TABLE inside (key bigint)",
                """
                CREATE POLICY "of the other" ON inside USING (EXISTS (
                  SELECT FROM others AS o WHERE o.key = inside.key AND o.owner = current_setting('request.who', true)))
                """,
            ]),
        Cause(
            rule: "definer-search-path", object: "function public.lends()", level: .error,
            before: [
                "CREATE FUNCTION pinned() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT 1'",
                "CREATE FUNCTION standard() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1",
                "CREATE FUNCTION invoker() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            ],
            statements: ["CREATE FUNCTION lends() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"]),
    ]
}
