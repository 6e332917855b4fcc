import DynamoDB
import Foundation
import Synchronization
import Testing

@testable import DynamoDBEngine

/// What a backup or a restore reads stays as it was, from the request to the end.
@Suite struct SourceTests {
    private static let table = EventTable.name

    private static func item(_ number: Int, _ text: String = "") -> Item {
        ["PK": .string("\(number % 50)"), "SK": .string("\(number)"), "text": .string(text)]
    }

    private func engine(
        in directory: TemporaryDirectory, at time: TestTime = TestTime(), items: Int = 300, days: Int? = 35
    ) async throws -> Engine {
        let engine = try Engine.open(in: directory, at: time)
        _ = try await engine.createTable(EventTable.definition)
        if let days { try await setRecovery(engine, true, days: days) }
        time.advance(seconds: 1)
        try await engine.batchPut((0..<items).map { Self.item($0) }, to: Self.table)
        return engine
    }

    private func setRecovery(_ engine: Engine, _ isOn: Bool, days: Int? = nil) async throws {
        _ = try await engine.updateContinuousBackups(
            UpdateContinuousBackupsInput(
                tableName: Self.table,
                pointInTimeRecoverySpecification: PointInTimeRecoverySpecification(
                    pointInTimeRecoveryEnabled: isOn, recoveryPeriodInDays: days)))
    }

    private func backUp(_ engine: Engine) async throws -> String {
        let output = try await engine.createBackup(CreateBackupInput(tableName: Self.table, backupName: "a-backup"))
        return try #require(output.backupDetails?.backupArn)
    }

    private func restore(_ engine: Engine, from arn: String, as name: String = "Restored") async throws {
        _ = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: name, backupArn: arn))
    }

    private func restore(_ engine: Engine, to seconds: Int? = nil, as name: String = "Restored") async throws {
        _ = try await engine.restoreTableToPointInTime(
            RestoreTableToPointInTimeInput(
                sourceTableName: Self.table, targetTableName: name,
                useLatestRestorableTime: seconds == nil ? true : nil, restoreDateTime: seconds.map { Double($0) }))
    }

    private func contents(_ engine: Engine, _ name: String = "Restored") async throws -> Set<Item> {
        try await engine.waitUntilActive(name)
        return Set(try await engine.scanAll(name))
    }

    private func delete(_ engine: Engine, _ name: String = table) async throws {
        _ = try await engine.deleteTable(DeleteTableInput(tableName: name))
    }

    private func recovery(_ engine: Engine) async throws -> PointInTimeRecoveryDescription? {
        try await engine.describeContinuousBackups(DescribeContinuousBackupsInput(tableName: Self.table))
            .continuousBackupsDescription?.pointInTimeRecoveryDescription
    }

    private func systemBackups(_ engine: Engine) async throws -> [BackupSummary] {
        try await engine.listBackups(ListBackupsInput(backupType: .system)).backupSummaries ?? []
    }

    private func recordCount(_ engine: Engine) async throws -> Int {
        try await engine.perform("Test") { core in
            try core.database.keys(in: .history, KeyRange(from: [], to: [0xFF]), atMost: 10_000).count
        }
    }

    // MARK: Backups

    @Test func aTableThatABackupWaitsForIsNotDeleted() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engine(in: directory, items: 8_000, days: nil)
        let gate = try await LongWorkGate(engine)
        let arn = try await backUp(engine)
        await expect(
            .resourceInUseException,
            "Attempt to change a resource which is still in use: Table is being backed up: Events"
        ) { try await delete(engine) }
        for number in 0..<100 { try await engine.put(Self.item(number, "later"), in: Self.table) }
        gate.open()
        try await engine.waitUntilAvailable(arn)
        try await delete(engine)
        try await restore(engine, from: arn)
        #expect(try await contents(engine) == Set((0..<8_000).map { Self.item($0) }))
        await engine.close()
    }

    @Test func aBackupThatARestoreWaitsForIsNotDeleted() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try await engine(in: directory, at: time)
        try await delete(engine)
        try await engine.waitUntilDeleted(Self.table)
        let arn = try #require(try await systemBackups(engine).first?.backupArn)
        let gate = try await LongWorkGate(engine)
        try await restore(engine, from: arn)
        await expect(.backupInUseException, "Backup is being restored: \(arn)") {
            try await engine.deleteBackup(DeleteBackupInput(backupArn: arn))
        }
        time.advance(seconds: 36 * 86_400)
        try await engine.trim()
        gate.open()
        #expect(try await contents(engine).count == 300)
        try await engine.trim()
        #expect(try await systemBackups(engine).isEmpty)
        await engine.close()
    }

    private final class Acknowledged: Sendable {
        let items = Mutex<Set<Item>>([])
    }

    @Test func aDeletedTablesBackupHoldsAllThatWasAcknowledged() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engine(in: directory, items: 2_000)
        let acknowledged = Acknowledged()
        acknowledged.items.withLock { $0.formUnion((0..<2_000).map { Self.item($0) }) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for number in 0... {
                        let item = Self.item(10_000 * (writer + 1) + number)
                        let error = await failure { try await engine.put(item, in: Self.table) }
                        if let error {
                            #expect(error.code == .resourceNotFoundException)
                            return
                        }
                        acknowledged.items.withLock { _ = $0.insert(item) }
                    }
                }
            }
            while acknowledged.items.withLock({ $0.count < 2_100 }) { await Task.yield() }
            let description = try await engine.deleteTable(DeleteTableInput(tableName: Self.table)).tableDescription
            #expect(description.tableStatus == .deleting)
            try await group.waitForAll()
        }
        // Asked again, it is deleted once.
        _ = await failure { try await delete(engine) }
        try await engine.waitUntilDeleted(Self.table)
        let backups = try await systemBackups(engine)
        #expect(backups.map(\.backupName) == ["Events$DeletedTableBackup"])
        try await restore(engine, from: try #require(backups.first?.backupArn))
        #expect(try await contents(engine) == acknowledged.items.withLock { $0 })
        await engine.close()
    }

    @Test func aDeletionThatWasCutOffGoesOnAtTheNextStart() async throws {
        let (directory, copy) = (try TemporaryDirectory(), try TemporaryDirectory())
        let engine = try await engine(in: directory)
        let gate = try await LongWorkGate(engine)
        try await delete(engine)
        let status = try await engine.describeTable(DescribeTableInput(tableName: Self.table)).table.tableStatus
        #expect(status == .deleting)
        #expect(
            await failure { try await engine.put(Self.item(1), in: Self.table) }?.code == .resourceNotFoundException)
        #expect(await failure { try await engine.createTable(EventTable.definition) }?.code == .resourceInUseException)
        #expect(
            await failure {
                try await engine.updateTable(UpdateTableInput(tableName: Self.table, deletionProtectionEnabled: true))
            }?.code == .resourceInUseException)
        try await delete(engine)
        #expect(try await systemBackups(engine).map(\.backupStatus) == [.creating])
        // What a crash at this moment leaves.
        try FileManager.default.copyItem(atPath: directory.path + "/data", toPath: copy.path + "/data")
        gate.open()
        await engine.close()
        let again = try Engine.open(in: copy)
        try await again.waitUntilDeleted(Self.table)
        let backup = try #require(try await systemBackups(again).first)
        #expect(backup.backupStatus == .available)
        _ = try await again.createTable(EventTable.definition)
        #expect(try await again.scanAll(Self.table).isEmpty)
        try await restore(again, from: try #require(backup.backupArn))
        #expect(try await contents(again).count == 300)
        await again.close()
    }

    @Test func refusedDeletionsLeaveNothing() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engine(in: directory)
        _ = try await engine.updateTable(UpdateTableInput(tableName: Self.table, deletionProtectionEnabled: true))
        for _ in 0..<3 { #expect(await failure { try await delete(engine) }?.code == .validationException) }
        _ = try await engine.updateTable(UpdateTableInput(tableName: Self.table, deletionProtectionEnabled: false))
        let gate = try await LongWorkGate(engine)
        try await restore(engine)
        for _ in 0..<3 { #expect(await failure { try await delete(engine) }?.code == .resourceInUseException) }
        #expect(await failure { try await delete(engine, "Restored") }?.code == .resourceInUseException)
        gate.open()
        #expect(try await contents(engine).count == 300)
        #expect(try await engine.listBackups(ListBackupsInput(backupType: .all)).backupSummaries == [])
        await engine.close()
    }

    // MARK: Restores to a moment

    /// All that could take the history away happens while a restore waits; a crash too.
    @Test(arguments: [false, true], [false, true])
    func aMomentStaysWhatItWas(turnsOff: Bool, restarts: Bool) async throws {
        let (directory, copy) = (try TemporaryDirectory(), try TemporaryDirectory())
        let time = TestTime()
        var engine = try await engine(in: directory, at: time)
        time.advance(seconds: 1)
        let moment = time.seconds
        time.advance(seconds: 1)
        for number in 0..<50 { try await engine.put(Self.item(number, "later"), in: Self.table) }
        let gate = try await LongWorkGate(engine)
        try await restore(engine, to: moment)
        #expect(await failure { try await delete(engine) }?.code == .resourceInUseException)
        if turnsOff {
            try await setRecovery(engine, false)
            #expect(try await recovery(engine)?.pointInTimeRecoveryStatus == .disabled)
            let error = await failure { try await restore(engine, to: moment, as: "Other") }
            #expect(error?.code == .pointInTimeRecoveryUnavailableException)
        }
        for number in 50..<100 { try await engine.put(Self.item(number, "last"), in: Self.table) }
        for number in 100..<150 {
            _ = try await engine.deleteItem(
                DeleteItemInput(
                    tableName: Self.table, key: Self.item(number).filter { $0.key == "PK" || $0.key == "SK" }))
        }
        time.advance(seconds: 40 * 86_400)
        try await engine.trim()
        let now = Set(try await engine.scanAll(Self.table))
        if restarts {
            try FileManager.default.copyItem(atPath: directory.path + "/data", toPath: copy.path + "/data")
        }
        gate.open()
        #expect(try await contents(engine) == Set((0..<300).map { Self.item($0) }))
        if restarts {
            await engine.close()
            engine = try Engine.open(in: copy, at: time)
            #expect(try await contents(engine) == Set((0..<300).map { Self.item($0) }))
        }
        #expect(Set(try await engine.scanAll(Self.table)) == now)

        // Then the history goes where it is due.
        try await engine.trim()
        #expect(try await recordCount(engine) <= 1)
        if !turnsOff {
            let error = await failure { try await restore(engine, to: moment, as: "Other") }
            #expect(error?.code == .invalidRestoreTimeException)
        } else {
            try await setRecovery(engine, true)
            let error = await failure { try await restore(engine, to: moment, as: "Other") }
            #expect(error?.code == .invalidRestoreTimeException)
            try await engine.put(Self.item(1, "new"), in: Self.table)
            try await restore(engine, as: "Latest")
            #expect(try await contents(engine, "Latest").contains(Self.item(1, "new")))
        }
        try await delete(engine)
        try await engine.waitUntilDeleted(Self.table)
        await engine.close()
    }

    @Test func recoveryTurnedOffAndOnWhileARestoreWaits() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try await engine(in: directory, at: time)
        time.advance(seconds: 1)
        let gate = try await LongWorkGate(engine)
        try await restore(engine, to: time.seconds)
        time.advance(seconds: 1)
        for isOn in [false, true] {
            try await setRecovery(engine, isOn)
            try await engine.put(Self.item(1, "\(isOn)"), in: Self.table)
        }
        let earliest = try #require(try await recovery(engine)?.earliestRestorableDateTime)
        #expect(Int(earliest) == time.seconds)
        try await engine.trim()
        gate.open()
        #expect(try await contents(engine) == Set((0..<300).map { Self.item($0) }))
        time.advance(seconds: 1)
        let past = time.seconds
        time.advance(seconds: 1)
        try await engine.put(Self.item(1, "last"), in: Self.table)
        try await restore(engine, to: past, as: "Past")
        #expect(try await contents(engine, "Past").contains(Self.item(1, "true")))
        await engine.close()
    }

    /// What was trimmed cannot be promised again: by a longer period, or a clock that was set back.
    @Test(arguments: [false, true])
    func whatWasTrimmedIsNotRestored(clockIsSetBack: Bool) async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        var engine = try await engine(in: directory, at: time, days: 1)
        let moment = time.seconds + 1
        time.advance(seconds: 10)
        try await engine.put(Self.item(1, "later"), in: Self.table)
        time.advance(seconds: 86_400)
        let kept = time.seconds
        time.advance(seconds: 10)
        try await engine.put(Self.item(2, "later"), in: Self.table)
        time.advance(seconds: 3_600)
        try await engine.trim()
        // The trimming found nothing new: its bound stays.
        try await engine.trim()
        if clockIsSetBack {
            await engine.close()
            time.set(seconds: moment + 20)
            engine = try Engine.open(in: directory, at: time)
        } else {
            try await setRecovery(engine, true, days: 35)
        }
        #expect(await failure { try await restore(engine, to: moment) }?.code == .invalidRestoreTimeException)
        let earliest = try #require(try await recovery(engine)?.earliestRestorableDateTime)
        #expect(earliest > Double(moment))
        try await restore(engine, to: kept)
        let items = try await contents(engine)
        #expect(items.contains(Self.item(1, "later")) && items.contains(Self.item(2)))
        await engine.close()
    }

    /// A crash between the setting and the moment from which every writer keeps records.
    @Test func recoveryThatWasBeingTurnedOnBeginsAtTheNextStart() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        var engine = try await engine(in: directory, at: time, days: nil)
        try await engine.perform("Test") { core in
            _ = try await core.changes.run {
                try core.catalogue.change(Self.table) {
                    $0.pointInTimeRecovery = PointInTimeRecovery(days: 35, since: nil)
                }
            }
        }
        #expect(await failure { try await restore(engine) }?.code == .invalidRestoreTimeException)
        await engine.close()
        time.advance(seconds: 5)
        engine = try Engine.open(in: directory, at: time)
        #expect(Int(try #require(try await recovery(engine)?.earliestRestorableDateTime)) == time.seconds)
        try await restore(engine)
        #expect(try await contents(engine).count == 300)
        await engine.close()
    }

    // MARK: Names

    @Test func aNameIsTakenOnce() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engine(in: directory)
        let arn = try await backUp(engine)
        try await engine.waitUntilAvailable(arn)
        let gate = try await LongWorkGate(engine)
        try await restore(engine)
        for _ in 0..<2 {
            await expect(.tableInUseException, "Table is being created: Restored") {
                try await restore(engine, from: arn)
            }
            await expect(.tableInUseException, "Table is being created: Restored") { try await restore(engine) }
        }
        await expect(.tableAlreadyExistsException, "Table already exists: Events") {
            try await restore(engine, as: Self.table)
        }
        // What was refused holds nothing.
        var definition = EventTable.definition
        definition.tableName = "Restored"
        #expect(
            await failure { try await engine.createTable(definition) }?.code == .resourceInUseException)
        gate.open()
        #expect(try await contents(engine).count == 300)
        _ = try await engine.deleteBackup(DeleteBackupInput(backupArn: arn))
        try await delete(engine)
        try await engine.waitUntilDeleted(Self.table)
        await engine.close()
    }

    // MARK: Long work

    @Test func workThatFailsForWantOfSpaceIsDoneAgain() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engine(in: directory, items: 1)
        let attempts = Atomic(0)
        let givenUp = Atomic(0)
        try await engine.perform("Test") { core in
            let table = try core.table(named: Self.table)
            let errors: [any Error] = [
                StorageError(message: "IO error: No space left on device"),
                StorageError(message: "IO error: While append"),
            ]
            core.startLongWork("test", of: table) { _ in
                let attempt = attempts.add(1, ordering: .relaxed).oldValue
                if attempt < errors.count { throw errors[attempt] }
            } givingUp: { _ in
                givenUp.add(1, ordering: .relaxed)
            }
            core.startLongWork("test", of: table) { _ in
                throw StorageError(message: "Corruption: a block")
            } givingUp: { _ in
                givenUp.add(1, ordering: .relaxed)
            }
        }
        while attempts.load(ordering: .relaxed) < 3 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(givenUp.load(ordering: .relaxed) == 1)
        await engine.close()
    }
}
