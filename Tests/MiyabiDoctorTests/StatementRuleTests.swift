import Foundation
@testable import MiyabiDoctor
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import TestSupport
import Testing

@Suite(.serialized) struct StatementRuleTests {
    private static let extensionStatement = "CREATE EXTENSION pg_stat_statements"

    @Test func statementsThatNobodyCountsAreTold() async throws {
        try await withPlatform { platform in
            let patient = Patient(platform.configuration, "statements-not-counted", "slow-statement", "missing-index")
            let before = try await patient.report()
            #expect(before.findings.map(\.rule) == ["statements-not-counted"])
            #expect(before.unseen.map(\.rule) == ["missing-index", "slow-statement"])
            try await patient.run([Self.extensionStatement])
            let after = try await patient.report()
            #expect(after.findings == [] && after.unseen == [])
        }
    }

    @Test func aSlowStatementIsToldWithItsShare() async throws {
        try await withPlatform { platform in
            let patient = Patient(platform.configuration, "slow-statement") { $0.statementCalls = 3 }
            try await patient.run([Self.extensionStatement] + Array(repeating: "SELECT pg_sleep(0.02)", count: 4))
            #expect(try await patient.findings() == [])
            try await patient.run(Array(repeating: "SELECT  pg_sleep(0.15),\n 'secret' AS slow", count: 3))
            let finding = try #require(try await patient.findings().first)
            #expect(finding.level == .advice && finding.message.contains("SELECT pg_sleep($1), $2 AS slow"))
            #expect(!finding.message.contains("secret"))
            guard case .number(let share) = finding.evidence["share"],
                case .number(let mean) = finding.evidence["mean_ms"]
            else {
                Issue.record("\(finding.evidence)")
                return
            }
            #expect(share > 0.3 && share <= 1 && mean > 150)
        }
    }

    private static let large = [
        extensionStatement, Cause.table("large", rows: 60_000), "ANALYZE large",
    ]

    @Test func theIndexThatAStatementLacksIsTold() async throws {
        try await withPlatform { platform in
            let patient = Patient(platform.configuration, "missing-index") { $0.plannedMilliseconds = 0 }
            try await patient.run(
                Self.large + [
                    // No index helps: a seventh of the rows, or none of the columns alone.
                    "SELECT count(*) FROM large WHERE kind = 3", "SELECT count(*) FROM large WHERE key * 2 = 6",
                    "SELECT * FROM large WHERE kind = 1 OR text = 'x'",
                ])
            #expect(try await patient.findings() == [])
            try await patient.run([
                "SELECT * FROM large WHERE text = 'a' AND key > 10", "UPDATE large SET kind = 8 WHERE text = 'b'",
                "SELECT * FROM large AS l JOIN large AS m ON m.key = l.kind WHERE l.text = ANY ('{a,b}')",
            ])
            let found = try await patient.findings()
            #expect(Set(found.map(\.object)) == ["table public.large"])
            #expect(
                Set(found.map { $0.mend.prefix { $0 != ";" } }).isSuperset(of: [
                    "CREATE INDEX CONCURRENTLY ON public.large (text, key)",
                    "CREATE INDEX CONCURRENTLY ON public.large (text)",
                ]), "\(found.map(\.mend))")
            #expect(found.allSatisfy { $0.evidence["method"] == .text("model") })
            for finding in found { try await patient.mend(finding) }
            #expect(try await patient.findings() == [])
            // Nothing was run: the update least of all.
            let changed = try await platform.database.postgres.queryAsOwner("SELECT count(*) FROM large WHERE kind = 8")
                .decode(Int.self)
            #expect(changed == [0])
        }
    }

    /// With `hypopg` the planner itself says what the index would do.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/postgresql/15/extension/hypopg.control")))
    func hypopgMeasuresTheGain() async throws {
        try await withPlatform { platform in
            let patient = Patient(platform.configuration, "missing-index") { $0.plannedMilliseconds = 0 }
            try await patient.run(Self.large + ["CREATE EXTENSION hypopg", "SELECT * FROM large WHERE text = 'a'"])
            let finding = try #require(try await patient.findings().first)
            #expect(finding.evidence["method"] == .text("hypopg"))
            try await patient.mend(finding)
            #expect(try await patient.findings() == [])
        }
    }

    /// Planning runs functions that say they are immutable: a person's trap must not run with the doctor's rights.
    @Test func nothingIsPlannedWhereOthersMadeFunctions() async throws {
        try await withPlatform { platform in
            let role = "trapper_\(UInt32.random(in: 0 ... .max))"
            let patient = Patient(platform.configuration, "missing-index") { $0.plannedMilliseconds = 0 }
            try await patient.run(
                Self.large + [
                    "CREATE ROLE \(role)", "GRANT CREATE, USAGE ON SCHEMA public TO \(role)", "SET ROLE \(role)",
                    "CREATE FUNCTION trap() RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'x' $$", "RESET ROLE",
                    "SELECT * FROM large WHERE text = trap()",
                ])
            let report = try await patient.report()
            #expect(report.findings == [])
            #expect(report.unseen.count == 1 && report.unseen[0].reason.contains(role))
            try await patient.run(["DROP OWNED BY \(role)", "DROP ROLE \(role)"])
        }
    }

    @Test(arguments: [
        ("((t.status = $1) AND (t.created_at > $2))", ["status", "created_at"]),
        ("((t.created_at > $2) AND ((t.status)::text = $1))", ["status", "created_at"]),
        ("(t.\"Status\" = 'a (AND) b'::text)", ["\"Status\""]),
        ("((t.status = $1) OR (t.kind = $2))", []),
        ("(t.status = t.other)", []),
        ("((t.status + 1) = $1)", []),
        ("(u.status = $1)", []),
        ("(t.status = ANY ('{a,b}'::text[]))", ["status"]),
        ("(t.status <> $1)", []),
        ("(NOT t.done)", []),
    ])
    func aFilterTellsTheColumnsOfAnIndex(_ text: String, _ columns: [String]) {
        #expect(FilterText(text, alias: "t").indexColumns == columns)
    }

    @Test(arguments: [
        ("(user_id = auth.uid())", ["auth.uid()"], "(user_id = (SELECT auth.uid()))"),
        ("(user_id = ( SELECT auth.uid() AS uid))", [], "(user_id = ( SELECT auth.uid() AS uid))"),
        (
            "((owner)::text = current_setting('a.b'::text, true))", ["current_setting('a.b'::text, true)"],
            "((owner)::text = (SELECT current_setting('a.b'::text, true)))"
        ),
        (
            "(EXISTS ( SELECT FROM public.o WHERE (o.user_id = auth.uid())))", ["auth.uid()"],
            "(EXISTS ( SELECT FROM public.o WHERE (o.user_id = (SELECT auth.uid()))))"
        ),
        (
            "(public.is_mine(key) AND (name = 'auth.uid()'::text))", [],
            "(public.is_mine(key) AND (name = 'auth.uid()'::text))"
        ),
        ("(\"odd schema\".me() = key)", ["\"odd schema\".me()"], "((SELECT \"odd schema\".me()) = key)"),
        ("(created_at < now())", [], "(created_at < now())"),
    ])
    func aPolicyTellsWhatItAsksForEachRow(_ text: String, _ calls: [String], _ once: String) {
        #expect(PolicyText(text).callsPerRow == calls)
        #expect(PolicyText(text).once == once)
    }
}
