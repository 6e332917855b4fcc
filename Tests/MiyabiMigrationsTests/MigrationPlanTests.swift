import Foundation
import MiyabiSystem
import Testing

@testable import MiyabiMigrations

struct MigrationPlanTests {
    private let migrations = (1...4).map { Fixture.migration($0) }

    private func history(applied: ClosedRange<Int64>? = nil) -> MigrationHistory {
        MigrationHistory(
            migrations: migrations, applied: (applied.map(Array.init) ?? []).map { Fixture.row(Fixture.migration($0)) })
    }

    private func versions(_ plan: MigrationPlan) -> [Int64] {
        plan.steps.map(\.migration.version)
    }

    @Test func upRunsWhatIsPendingUpToTheTarget() throws {
        #expect(versions(try .up(history())) == [1, 2, 3, 4])
        #expect(versions(try .up(history(applied: 1...2))) == [3, 4])
        #expect(versions(try .up(history(applied: 1...2), target: 3)) == [3])
        #expect(versions(try .up(history(applied: 1...2), target: 2)) == [])
        #expect(try MigrationPlan.up(history()).steps.allSatisfy { $0.script == $0.migration.up })
    }

    @Test func downTakesBackOneOrDownToTheTarget() throws {
        #expect(versions(try .down(history())) == [])
        #expect(versions(try .down(history(applied: 1...3))) == [3])
        #expect(versions(try .down(history(applied: 1...3), target: 1)) == [3, 2])
        #expect(versions(try .down(history(applied: 1...3), target: 0)) == [3, 2, 1])
        #expect(versions(try .down(history(applied: 1...3), target: 3)) == [])
        #expect(try MigrationPlan.down(history(applied: 1...3)).steps.first?.script.sql == "SELECT 'down'")
    }

    @Test func aTargetMustExistAndLieInTheDirection() {
        let applied = history(applied: 1...3)
        #expect(code { try MigrationPlan.up(applied, target: 9) } == .invalidTarget)
        #expect(code { try MigrationPlan.up(applied, target: 2) } == .invalidTarget)
        #expect(code { try MigrationPlan.up(applied, target: 0) } == .invalidTarget)
        #expect(code { try MigrationPlan.down(applied, target: 9) } == .invalidTarget)
        #expect(code { try MigrationPlan.down(applied, target: 4) } == .invalidTarget)
    }

    @Test func aProblemStopsBothDirectionsUnlessThePolicyToleratesIt() throws {
        let rows = [1, 2, 9].map { Fixture.row(Fixture.migration($0)) }
        let missing = MigrationHistory(migrations: Array(migrations.prefix(2)), applied: rows)
        #expect(code { try MigrationPlan.up(missing) } == .invalidHistory)
        #expect(code { try MigrationPlan.down(missing) } == .invalidHistory)
        let ignoring = MigrationPolicy(ignoresMissing: true)
        #expect(versions(try .up(missing, policy: ignoring)) == [])
        #expect(versions(try .down(missing, policy: ignoring)) == [2])
        #expect(versions(try .down(missing, target: 0, policy: ignoring)) == [2, 1])

        let late = MigrationHistory(migrations: migrations, applied: [1, 3].map { Fixture.row(Fixture.migration($0)) })
        #expect(code { try MigrationPlan.up(late) } == .invalidHistory)
        #expect(versions(try .up(late, policy: MigrationPolicy(allowsOutOfOrder: true))) == [2, 4])

        let everything = MigrationPolicy(ignoresMissing: true, allowsOutOfOrder: true)
        let dirty = MigrationHistory(migrations: migrations, applied: [Fixture.row(migrations[0], success: false)])
        #expect(code { try MigrationPlan.up(dirty, policy: everything) } == .invalidHistory)
        let modified = MigrationHistory(
            migrations: [Fixture.migration(1, sql: "SELECT 'other'")], applied: [Fixture.row(migrations[0])])
        #expect(code { try MigrationPlan.up(modified, policy: everything) } == .invalidHistory)
    }

    @Test func oneMigrationWithoutADownFileKeepsAllFromBeingReverted() {
        let simple = Fixture.migration(1, down: nil)
        let history = MigrationHistory(
            migrations: [simple, migrations[1]], applied: [Fixture.row(simple), Fixture.row(migrations[1])])
        #expect(code { try MigrationPlan.down(history, target: 0) } == .irreversible)
        #expect(code { try MigrationPlan.down(history) } == nil)
    }

    @Test func aForbiddenStatementIsShownBeforeAnythingRuns() {
        let bad = Fixture.migration(2, sql: "CREATE TABLE a ();\n  COMMIT;\n")
        let history = MigrationHistory(migrations: [migrations[0], bad], applied: [])
        let error = #expect(throws: MigrationError.self) { try MigrationPlan.up(history) }
        #expect(error?.code == .unusableScript)
        #expect(error?.excerpt?.description == " --> 002_m2.up.sql:2:3\n2 |   COMMIT;\n  |   ^")
        #expect(code { try MigrationPlan.up(history, target: 1) } == nil)
    }

    @Test func anUnclosedCommentIsAnErrorUpAndDown() throws {
        let open = "/* tables of migrations/*.sql */\nDROP TABLE a;\n"
        for migration in [Fixture.migration(1, sql: open), Fixture.migration(1, down: open)] {
            let pending = MigrationHistory(migrations: [migration], applied: [])
            #expect(code { try MigrationPlan.up(pending) } == .unusableScript)
        }
        let down = Fixture.migration(1, down: open)
        let applied = MigrationHistory(migrations: [down], applied: [Fixture.row(down)])
        let error = #expect(throws: MigrationError.self) { try MigrationPlan.down(applied) }
        #expect(error?.excerpt?.description.hasPrefix(" --> 001_m1.down.sql:1:1\n") == true)
        // What was applied long ago does not keep newer migrations from running.
        let up = Fixture.migration(1, sql: open)
        let older = MigrationHistory(migrations: [up, migrations[1]], applied: [Fixture.row(up)])
        #expect(try versions(.up(older)) == [2])
    }

    @Test func theSQLOfAPlanHoldsTheBooks() throws {
        let migration = Migration(
            version: 7, description: "it's",
            up: MigrationScript(fileName: "7_it's.up.sql", sql: "SELECT 1 -- one;"),
            down: MigrationScript(
                fileName: "7_it's.down.sql", sql: "-- no-transaction\nDROP INDEX CONCURRENTLY i;\n"))
        let settings = SessionSettings(lockTimeout: .seconds(5))
        let reset = """
            SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; SET client_encoding = 'UTF8'; \
            SET lock_timeout = '5000ms';
            """
        let beginning = """
            \\set ON_ERROR_STOP on
            \\encoding UTF8
            DO $$BEGIN IF NOT pg_try_advisory_lock(9) THEN RAISE 'another migrator is at work'; END IF; END$$;
            \(reset)


            """
        let up = try MigrationPlan.up(MigrationHistory(series: .own, migrations: [migration], applied: []))
        #expect(
            up.sql(settings: settings, lock: 9, createsTable: false) == beginning + """
                -- 7_it's.up.sql
                BEGIN;
                SELECT 1 -- one;
                ;
                \(reset)
                INSERT INTO _own_migrations (version, description, checksum, success, execution_time) \
                VALUES (7, 'it''s', '\\x\(migration.up.checksum.hex)', true, -1);
                COMMIT;

                """)
        let down = try MigrationPlan.down(MigrationHistory(migrations: [migration], applied: [Fixture.row(migration)]))
        #expect(
            down.sql(settings: settings, lock: 9, createsTable: false) == beginning + """
                -- 7_it's.down.sql
                UPDATE _sqlx_migrations SET success = false WHERE version = 7;
                SET lock_timeout = 0;
                -- no-transaction
                DROP INDEX CONCURRENTLY i;
                \(reset)
                DELETE FROM _sqlx_migrations WHERE version = 7;

                """)
        let nothing = try MigrationPlan.up(MigrationHistory(migrations: [], applied: []))
        #expect(nothing.sql(settings: settings, lock: 9, createsTable: true) == "-- nothing to do\n")
    }

    @Test func aScriptThatNobodyHasWrittenIsNotRun() throws {
        let directory = try TemporaryDirectory()
        _ = try NewMigration(name: "x", after: [], numbering: .sequential).write(to: directory.url)
        let new = try #require(try Migration.load(directory: directory.url).first)
        #expect(code { try MigrationPlan.up(MigrationHistory(migrations: [new], applied: [])) } == .unwritten)
        let row = Fixture.row(new)
        #expect(code { try MigrationPlan.down(MigrationHistory(migrations: [new], applied: [row])) } == .unwritten)
        // The way back may still be written later.
        let written = Migration(
            version: 1, description: "x", up: MigrationScript(fileName: "1_x.up.sql", sql: new.up.sql + "SELECT 1;"),
            down: new.down)
        #expect(try versions(.up(MigrationHistory(migrations: [written], applied: []))) == [1])
    }

    @Test func unknownRowsHaveNoPlaceInTheOrder() throws {
        let theirs = Fixture.row(Fixture.migration(20_251_129_103_000))
        let rows = [Fixture.row(migrations[0]), theirs]
        let history = MigrationHistory(migrations: migrations, applied: rows)
        #expect(history.latestVersion == 1)
        #expect(history.problems == [.missing(theirs)])
        #expect(try versions(.up(history, policy: MigrationPolicy(ignoresMissing: true))) == [2, 3, 4])
    }

    @Test func whatTheOtherSeriesRecordsIsNotRunAgain() {
        let mine = Fixture.migration(20_251_129_103_000, sql: "CREATE TABLE mine ();")
        let row = Fixture.row(mine)
        let history = MigrationHistory(series: .own, migrations: [mine], applied: [], elsewhere: [row])
        #expect(history.problems == [.recordedElsewhere(mine, row)])
        #expect(code { try MigrationPlan.up(history) } == .invalidHistory)
        // Another migration of the same version is nothing to it.
        let other = MigrationHistory(
            series: .own, migrations: [Fixture.migration(1, sql: "CREATE TABLE mine ();")], applied: [],
            elsewhere: [Fixture.row(migrations[0])])
        #expect(other.problems.isEmpty)
    }

    private func code(_ body: () throws -> MigrationPlan) -> MigrationError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? MigrationError)?.code
        }
    }
}
