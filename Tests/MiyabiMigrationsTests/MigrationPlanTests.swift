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
        #expect(code { try MigrationPlan.down(missing, policy: ignoring) } == .irreversible)

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

    @Test func theSQLOfAPlanHoldsTheBookkeeping() throws {
        let migration = Migration(
            version: 7, description: "it's",
            up: MigrationScript(fileName: "7_it's.up.sql", sql: "SELECT 1"),
            down: MigrationScript(fileName: "7_it's.down.sql", sql: "-- no-transaction\nSELECT 2;"))
        let up = try MigrationPlan.up(MigrationHistory(migrations: [migration], applied: []))
        #expect(
            up.sql == """
                -- 7_it's.up.sql
                BEGIN;
                SELECT 1
                ;
                INSERT INTO _sqlx_migrations (version, description, checksum, success, execution_time) \
                VALUES (7, 'it''s', '\\x\(migration.up.checksum.hex)', true, -1);
                COMMIT;

                """)
        let down = try MigrationPlan.down(MigrationHistory(migrations: [migration], applied: [Fixture.row(migration)]))
        #expect(
            down.sql == """
                -- 7_it's.down.sql
                UPDATE _sqlx_migrations SET success = false WHERE version = 7;
                -- no-transaction
                SELECT 2;
                DELETE FROM _sqlx_migrations WHERE version = 7;

                """)
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
