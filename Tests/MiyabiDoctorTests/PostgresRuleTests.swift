import Foundation
import MiyabiDatabase
import MiyabiDoctor
import MiyabiImport
import MiyabiTestSupport
import Postgres
import TestSupport
import Testing

@Suite(.serialized) struct PostgresRuleTests {
    /// The rule is silent before, speaks by the cause, and is silent again after its own mend.
    @Test(arguments: Cause.all) func aRuleSpeaksByItsCauseOnly(_ cause: Cause) async throws {
        try await withPlatform(named: "cause \(cause.rule)") { platform in
            let patient = Patient(platform.configuration, cause.rule, cause.adjust)
            try await patient.run(cause.before)
            let quiet = try await patient.findings().filter { !$0.object.hasPrefix("setting ") }
            #expect(quiet == [])

            try await patient.run(cause.statements)
            let found = try await patient.findings().filter { !$0.object.hasPrefix("setting ") }
            #expect(found.map(\.object) == [cause.object])
            let finding = try #require(found.first)
            #expect(finding.level == cause.level && finding.rule == cause.rule && finding.half == .postgres)
            #expect(!finding.message.isEmpty && !finding.evidence.isEmpty)

            guard cause.isMended else { return }
            try await patient.run(cause.beforeMend)
            try await patient.mend(finding)
            try await patient.run(cause.afterMend)
            let rest = try await patient.findings().filter { !$0.object.hasPrefix("setting ") }
            #expect(rest == [], "after \(finding.mend)")
        }
    }

    /// The schema with the data of the sample, looked at by every rule with its own thresholds.
    @Test func aDatabaseThatIsWellHasNoFindings() async throws {
        try await withPlatform { platform in
            for _ in 0..<2 {
                let package = RealData.package.path
                _ = try await GitHubImporter(database: platform.database).run(
                    LineReader(path: package + "/Database/sample/github-webhooks.ndjson"))
                _ = try await CommitImporter(database: platform.database).run(
                    LineReader(path: package + "/Database/sample/commits.ndjson"))
            }
            let patient = Patient(platform.configuration)
            try await patient.run(["CREATE EXTENSION pg_stat_statements", "VACUUM ANALYZE"])
            let report = try await patient.report()
            // The test cluster gives durability up for speed, and vacuums nothing.
            let ofTheCluster: Set = ["setting fsync", "setting full_page_writes", "setting autovacuum"]
            #expect(report.findings.filter { !ofTheCluster.contains($0.object) } == [])
            #expect(ofTheCluster == Set(report.findings.map(\.object)))
            #expect(report.unseen.map(\.rule) == ["memory-setting"])
            #expect(report.looked == Doctor.rules.filter { $0.half == .postgres }.count)
        }
    }

    @Test func settingsAreComparedWithTheAdvice() async throws {
        try await withPlatform { platform in
            var patient = Patient(platform.configuration, "connection-limit")
            #expect(try await patient.findings() == [])
            patient.doctor.advice = SettingAdvice(
                demandedConnections: 998, memory: ["shared_buffers": 1 << 30, "work_mem": 4 << 20],
                connectionCeiling: 409,
                source: "4096 MiB of MIYABI_MEMORY_MB")
            let found = try await patient.findings()
            #expect(found.map { $0.evidence["given"] ?? $0.evidence["ceiling"] } == [.integer(997), .integer(409)])
            patient.doctor.rules = ["memory-setting"]
            let memory = try await patient.findings()
            #expect(memory.map(\.object) == ["setting shared_buffers"])
            #expect(memory.first?.mend.hasPrefix("ALTER SYSTEM SET shared_buffers = '1024MB';") == true)
        }
    }

    @Test func ageIsCountedInTransactions() async throws {
        try await withPlatform { platform in
            let name = try #require(platform.configuration["dbname"])
            let age = try await PostgresConnection.withConnection(to: platform.configuration) { connection in
                try await connection.query(
                    "SELECT age(datfrozenxid)::bigint FROM pg_database WHERE datname = current_database()"
                ).decode(Int.self).first ?? 0
            }
            // Other tests count transactions of the same server meanwhile.
            let patient = Patient(platform.configuration, "wraparound") {
                $0.wraparoundWarning = age + 20_000
                $0.wraparoundError = 1 << 30
            }
            #expect(try await !patient.findings().contains { $0.object.contains(name) })
            try await patient.run([
                "DO $$ BEGIN FOR i IN 1..20000 LOOP PERFORM txid_current(); COMMIT; END LOOP; END $$"
            ])
            let found = try #require(try await patient.findings().first { $0.object.contains(name) })
            #expect(found.level == .warning && found.mend.hasPrefix("VACUUM (FREEZE) "))
            try await patient.mend(found)
        }
    }

    // MARK: Sessions

    @Test func aSessionThatIsIdleInATransactionIsTold() async throws {
        try await withPlatform { platform in
            let patient = Patient(platform.configuration, "idle-in-transaction") {
                $0.idleTransaction = .milliseconds(200)
            }
            let idle = try await PostgresConnection.connect(platform.configuration)
            let pid = try #require(try await idle.query("SELECT pg_backend_pid()").decode(Int.self).first)
            #expect(try await !patient.findings().contains { $0.object == "session \(pid)" })
            try await idle.executeScript("BEGIN; SELECT 1")
            try await Task.sleep(for: .milliseconds(400))
            let found = try #require(try await patient.findings().first { $0.object == "session \(pid)" })
            try await patient.mend(found)
            try await Task.sleep(for: .milliseconds(200))
            #expect(try await !patient.findings().contains { $0.object == "session \(pid)" })
            await idle.close()
        }
    }

    @Test func aLongTransactionIsToldAndALockHoldsNobodyUp() async throws {
        try await withPlatform { platform in
            let patient = Patient(platform.configuration) { $0.longTransaction = .milliseconds(200) }
            let busy = try await PostgresConnection.connect(platform.configuration)
            let pid = try #require(try await busy.query("SELECT pg_backend_pid()").decode(Int.self).first)
            let work = Task {
                try await busy.executeScript(
                    "BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(60)")
            }
            try await Task.sleep(for: .milliseconds(600))
            let started = ContinuousClock.now
            let report = try await patient.report()
            #expect(ContinuousClock.now - started < .seconds(20))
            let found = try #require(
                report.findings.first { $0.rule == "long-transaction" && $0.object == "session \(pid)" })
            // PostgreSQL writes a policy's text under a lock of its table: that rule says so, and the others have looked.
            let held = Set(report.unseen.filter { $0.reason.contains("lock") }.map(\.rule))
            #expect(held.isSubset(of: ["policy-per-row"]))
            try await patient.mend(found)
            _ = try? await work.value
            await busy.close()
        }
    }

    @Test func preparedTransactionsAndReplicationSlotsAreTold() async throws {
        try await TestCluster.with { cluster in
            let configuration = try cluster.configuration()
            try await PostgresConnection.withConnection(to: configuration) {
                try await $0.executeScript("ALTER SYSTEM SET max_prepared_transactions = 5")
            }
            try cluster.stop()
            try cluster.start()
            try await waitUntilItAnswers(configuration)
            let patient = Patient(configuration, "prepared-transaction", "inactive-replication-slot") {
                $0.idleTransaction = .zero
                $0.slotBytes = 0
            }
            #expect(try await patient.findings() == [])
            try await patient.run([
                "BEGIN; CREATE TABLE later (key int); PREPARE TRANSACTION 'it''s open'",
                "SELECT pg_create_physical_replication_slot('gone', true)",
            ])
            let found = try await patient.findings()
            #expect(found.map(\.object) == ["prepared transaction 'it''s open'", "replication slot gone"])
            #expect(found.map(\.level) == [.warning, .warning])
            for finding in found { try await patient.mend(finding) }
            #expect(try await patient.findings() == [])

            // A server that takes no writes is looked at all the same.
            try await cluster.withStandby { standby in
                let report = try await Patient(try standby.configuration()).report()
                #expect(report.looked == Doctor.rules.filter { $0.half == .postgres }.count)
                #expect(report.unseen.allSatisfy { !$0.reason.contains("read-only") }, "\(report.unseen)")
            }
        }
    }

    private nonisolated(nonsending) func waitUntilItAnswers(_ configuration: PostgresConfiguration) async throws {
        for _ in 0..<200 {
            do {
                let connection = try await PostgresConnection.connect(configuration)
                await connection.close()
                return
            } catch { try await Task.sleep(for: .milliseconds(100)) }
        }
    }

    /// A role that may see little is told what it cannot see, and nothing fails.
    @Test func whatARoleMayNotSeeIsTold() async throws {
        try await withPlatform { platform in
            let role = "stranger_\(UInt32.random(in: 0 ... .max))"
            let owner = Patient(platform.configuration)
            try await owner.run([
                "CREATE EXTENSION pg_stat_statements", "CREATE SEQUENCE hidden",
                "CREATE ROLE \(role) LOGIN PASSWORD 'stranger'",
                Cause.table("wide_table", rows: 100), "ANALYZE wide_table",
            ])
            let report = try await Patient(
                try platform.configuration.with("user", role).with("password", "stranger")
            ).report()
            let rules = Set(report.unseen.map(\.rule))
            #expect(
                rules.isSuperset(of: [
                    "slow-statement", "missing-index", "idle-in-transaction", "long-transaction", "sequence-near-end",
                    "bloated-index",
                ]), "\(report.unseen)")
            try await owner.run(["DROP ROLE \(role)"])
        }
    }
}
