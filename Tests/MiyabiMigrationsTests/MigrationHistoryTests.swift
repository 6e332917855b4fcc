import Foundation
import MiyabiSystem
import Testing

@testable import MiyabiMigrations

struct MigrationHistoryTests {
    private let a = Fixture.migration(1)
    private let b = Fixture.migration(2)
    private let c = Fixture.migration(3)

    @Test func aCleanHistoryHasNoProblems() {
        let history = MigrationHistory(migrations: [b, c, a], applied: [Fixture.row(b), Fixture.row(a)])
        #expect(history.problems.isEmpty)
        #expect(history.pending == [c])
        #expect(history.latestVersion == 2)
        #expect(history.statuses.map(\.state) == [.applied, .applied, .pending])
    }

    @Test func everyKindOfProblemIsFoundInTheOrderOfVersions() {
        let changed = Fixture.migration(2, sql: "SELECT 'changed'")
        let history = MigrationHistory(
            migrations: [a, changed, Fixture.migration(5)],
            applied: [Fixture.row(b), Fixture.row(c), Fixture.row(Fixture.migration(5), success: false)])
        #expect(
            history.problems == [
                .outOfOrder(a, latest: 5), .modified(changed, Fixture.row(b)), .missing(Fixture.row(c)),
                .dirty(Fixture.row(Fixture.migration(5), success: false)),
            ])
        #expect(history.statuses.map(\.state) == [.pending, .modified, .missing, .dirty])
    }

    @Test func problemsSayWhatToDo() {
        let row = Fixture.row(b, success: false)
        #expect(MigrationProblem.dirty(row).description.contains("DELETE FROM _sqlx_migrations WHERE version = 2;"))
        #expect(
            MigrationProblem.dirty(row).description
                .contains("UPDATE _sqlx_migrations SET success = true WHERE version = 2;"))
        #expect(MigrationProblem.missing(row).description.contains("--ignore-missing"))
        let mine = AppliedMigration(
            series: .own, version: 2, description: "mine", installedOn: Fixture.date, success: false, checksum: [],
            nanoseconds: -1)
        #expect(MigrationProblem.dirty(mine).description.contains("DELETE FROM _own_migrations WHERE version = 2;"))
        #expect(MigrationProblem.missing(row).description.contains("docs/migrations.md"))
        #expect(MigrationProblem.outOfOrder(a, latest: 2).description.contains("--allow-out-of-order"))
        let modified = MigrationProblem.modified(a, row).description
        #expect(modified.contains("001_m1.up.sql was modified"))
        #expect(modified.contains(a.up.checksum.hex.prefix(16)))
        #expect(modified.contains(row.checksum.hex.prefix(16)))
    }

    @Test func otherLineEndsAreToldAsSuchAndStopNothing() throws {
        let unix = "SELECT 1;\nSELECT 'ü';\n"
        let windows = "SELECT 1;\r\nSELECT 'ü';\r\n"
        let texts = [unix, windows, "\u{FEFF}" + unix, "\u{FEFF}" + windows]
        for (then, now) in texts.flatMap({ then in texts.filter { $0 != then }.map { (then, $0) } }) {
            let (old, new) = (Fixture.migration(1, sql: then), Fixture.migration(1, sql: now))
            let history = MigrationHistory(migrations: [new, b], applied: [Fixture.row(old)])
            #expect(history.problems == [.lineEnds(new, Fixture.row(old))])
            #expect(history.statuses.map(\.state) == [.lineEnds, .pending])
            #expect(try MigrationPlan.up(history).steps.map(\.migration) == [b])
            #expect(history.problems[0].description.contains("line ends"))
        }
        let edited = MigrationHistory(
            migrations: [Fixture.migration(1, sql: windows + " ")],
            applied: [Fixture.row(Fixture.migration(1, sql: unix))])
        #expect(edited.statuses.map(\.state) == [.modified])
    }

    @Test func statusesAreJSONWithEveryKey() throws {
        let history = MigrationHistory(migrations: [a, b], applied: [Fixture.row(a)])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(history.statuses), as: UTF8.self)
        #expect(
            json == """
                [{"appliedChecksum":"\(a.up.checksum.hex)","checksum":"\(a.up.checksum.hex)",\
                "durationMilliseconds":1.5,"installedOn":"2025-11-29T10:30:00.000Z","name":"m1","series":"miyabi","state":"applied",\
                "version":1},{"appliedChecksum":null,"checksum":"\(b.up.checksum.hex)","durationMilliseconds":null,\
                "installedOn":null,"name":"m2","series":"miyabi","state":"pending","version":2}]
                """)
    }

    @Test func anUnknownExecutionTimeIsNil() {
        let row = AppliedMigration(
            version: 1, description: "", installedOn: Date(), success: true, checksum: [], nanoseconds: -1)
        #expect(row.executionTime == nil)
    }
}
