import DynamoDB
import Foundation
import Testing

@testable import DynamoDBEngine

@Suite struct BackupTests {
    private static func event(_ number: Int) -> Item {
        [
            "PK": .string("\(number % 50)"), "SK": .string("\(number)"), "GSI1PK": .string("\(number % 7)"),
            "GSI1SK": .string("\(number)"), "text": .string(String(repeating: "text ", count: number % 90)),
        ]
    }

    private func engineWithEvents(in directory: TemporaryDirectory, _ count: Int = 2_000) async throws -> Engine {
        let engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(EventTable.definition)
        try await engine.batchPut((0..<count).map(Self.event), to: EventTable.name)
        return engine
    }

    private func backUp(_ engine: Engine, _ name: String = "a-backup") async throws -> String {
        let output = try await engine.createBackup(CreateBackupInput(tableName: EventTable.name, backupName: name))
        let arn = try #require(output.backupDetails?.backupArn)
        while try await status(of: arn, engine) != .available { try await Task.sleep(for: .milliseconds(2)) }
        return arn
    }

    private func status(of arn: String, _ engine: Engine) async throws -> BackupStatus? {
        try await engine.describeBackup(DescribeBackupInput(backupArn: arn)).backupDescription?.backupDetails?
            .backupStatus
    }

    @Test func aRestoredTableHasItemsAndIndexesOfTheBackup() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engineWithEvents(in: directory)
        let arn = try await backUp(engine)
        try await engine.batchPut((5_000..<5_100).map(Self.event), to: EventTable.name)
        _ = try await engine.deleteTable(DeleteTableInput(tableName: EventTable.name))

        let restored = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: arn)
        ).tableDescription
        #expect(restored?.restoreSummary?.sourceBackupArn == arn)
        let description = try await engine.waitUntilActive("Restored")
        #expect(description.restoreSummary?.restoreInProgress == false)
        #expect(description.itemCount == 2_000)
        let expected = Set((0..<2_000).map(Self.event))
        #expect(Set(try await engine.scanAll("Restored")) == expected)
        #expect(Set(try await engine.scanAll("Restored", index: "GSI1")) == expected)
        await engine.close()
    }

    @Test func aBackupIsListedAllTheTime() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engineWithEvents(in: directory, 50)
        for round in 1...100 {
            let output = try await engine.createBackup(
                CreateBackupInput(tableName: EventTable.name, backupName: "round-\(round)"))
            let arn = try #require(output.backupDetails?.backupArn)
            var isMade = false
            while !isMade {
                isMade = try await status(of: arn, engine) == .available
                let listed = try await engine.listBackups(ListBackupsInput()).backupSummaries?.map(\.backupArn) ?? []
                try #require(listed.count == round)
                try #require(listed.contains(arn))
            }
        }
        await engine.close()
    }

    /// Every batch keeps the sum of two items, so a backup of one moment has it too.
    @Test func aBackupUnderLoadIsOfOneMoment() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engineWithEvents(in: directory)
        func pair(_ value: Int) -> [Item] {
            [("left", value), ("right", 1_000 - value)].map { side, value in
                ["PK": .string(side), "SK": "x", "value": .number(DecimalNumber(value))]
            }
        }
        try await engine.batchPut(pair(0), to: EventTable.name)
        let writing = Task {
            var value = 0
            while !Task.isCancelled {
                value = (value + 1) % 1_000
                try await engine.batchPut(pair(value), to: EventTable.name)
                // Without syncs nothing else would let other tasks run.
                await Task.yield()
            }
        }
        for round in 0..<5 {
            let arn = try await backUp(engine)
            _ = try await engine.restoreTableFromBackup(
                RestoreTableFromBackupInput(targetTableName: "Restored\(round)", backupArn: arn))
            try await engine.waitUntilActive("Restored\(round)")
            let sum = try await engine.scanAll("Restored\(round)").reduce(DecimalNumber(0)) { sum, item in
                guard case .number(let value) = item["value"] else { return sum }
                return try sum.adding(value)
            }
            #expect(sum == DecimalNumber(1_000), "round \(round)")
        }
        writing.cancel()
        try await writing.value
        await engine.close()
    }

    @Test func aFileCopiedToAnotherEngineIsABackupThere() async throws {
        let (here, there) = (try TemporaryDirectory(), try TemporaryDirectory())
        let engine = try await engineWithEvents(in: here, 500)
        let arn = try await backUp(engine)
        await engine.close()
        let other = try Engine.open(in: there)
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: here.path + "/data/backups").first)
        try FileManager.default.copyItem(
            atPath: here.path + "/data/backups/" + file, toPath: there.path + "/data/backups/" + file)
        let listed = try await other.listBackups(ListBackupsInput()).backupSummaries
        #expect(listed?.map(\.backupArn) == [arn])
        _ = try await other.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "Elsewhere", backupArn: arn))
        try await other.waitUntilActive("Elsewhere")
        #expect(try await other.scanAll("Elsewhere").count == 500)
        await other.close()
    }

    @Test(arguments: [100, 30_000])
    func aDamagedBackupIsRefused(offset: UInt64) async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engineWithEvents(in: directory)
        let arn = try await backUp(engine)
        let folder = directory.path + "/data/backups"
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        let handle = try #require(FileHandle(forUpdatingAtPath: "\(folder)/\(file)"))
        try handle.seek(toOffset: offset)
        let byte = try #require(try handle.read(upToCount: 1)?.first)
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data([byte ^ 1]))
        try handle.close()
        _ = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: arn))
        // It was `CREATING`; nothing half restored is left.
        #expect(await failure { try await engine.waitUntilActive("Restored") }?.code == .resourceNotFoundException)
        #expect(try await engine.listTables(ListTablesInput()).tableNames == [EventTable.name])
        await engine.close()
    }

    @Test func listsAreFilteredAndPaged() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engineWithEvents(in: directory, 10)
        var arns: [String] = []
        for number in 0..<5 { arns.append(try await backUp(engine, "backup-\(number)")) }
        var found: [String] = []
        var start: String?
        repeat {
            let page = try await engine.listBackups(
                ListBackupsInput(tableName: EventTable.name, limit: 2, exclusiveStartBackupArn: start))
            found += (page.backupSummaries ?? []).compactMap(\.backupArn)
            start = page.lastEvaluatedBackupArn
        } while start != nil
        #expect(Set(found) == Set(arns) && found.count == 5)
        #expect(try await engine.listBackups(ListBackupsInput(tableName: "Other")).backupSummaries == [])
        #expect(try await engine.listBackups(ListBackupsInput(backupType: .system)).backupSummaries == [])
        _ = try await engine.deleteBackup(DeleteBackupInput(backupArn: arns[0]))
        let error = await failure {
            try await engine.describeBackup(DescribeBackupInput(backupArn: arns[0]))
        }
        #expect(error?.code == .backupNotFoundException)
        await engine.close()
    }

    @Test func aRestoreThatWasCutOffGoesOnAtTheNextStart() async throws {
        let (directory, copy) = (try TemporaryDirectory(), try TemporaryDirectory())
        let engine = try await engineWithEvents(in: directory, 5_000)
        let arn = try await backUp(engine)
        _ = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: arn))
        // What a crash at this moment leaves.
        try FileManager.default.copyItem(atPath: directory.path + "/data", toPath: copy.path + "/data")
        await engine.close()
        let again = try Engine.open(in: copy)
        #expect(try await again.waitUntilActive("Restored").itemCount == 5_000)
        #expect(try await again.scanAll("Restored").count == 5_000)
        await again.close()
    }

    @Test func overridesLeaveIndexesOutAndChangeHowTheTableIsPaidFor() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engineWithEvents(in: directory, 10)
        let arn = try await backUp(engine)
        let kept = try #require(EventTable.definition.globalSecondaryIndexes?.filter { $0.indexName == "GSI2" })
        _ = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(
                targetTableName: "Restored", backupArn: arn, billingModeOverride: .provisioned,
                globalSecondaryIndexOverride: kept,
                provisionedThroughputOverride: ProvisionedThroughput(readCapacityUnits: 3, writeCapacityUnits: 4)))
        let description = try await engine.waitUntilActive("Restored")
        #expect(description.globalSecondaryIndexes?.map(\.indexName) == ["GSI2"])
        #expect(description.provisionedThroughput?.writeCapacityUnits == 4)
        var unknown = kept[0]
        unknown.indexName = "GSI9"
        let error = await failure {
            try await engine.restoreTableFromBackup(
                RestoreTableFromBackupInput(
                    targetTableName: "Other", backupArn: arn, globalSecondaryIndexOverride: [unknown]))
        }
        #expect(error?.code == .validationException)
        await engine.close()
    }
}
