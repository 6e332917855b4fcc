import DynamoDB
import Foundation
import Fuzzing
import Testing

@testable import DynamoDBEngine

@Suite struct PointInTimeTests {
    private static let recovery = PointInTimeRecoverySpecification(pointInTimeRecoveryEnabled: true)

    private func engine(in directory: TemporaryDirectory) async throws -> Engine {
        let engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(EventTable.definition)
        _ = try await engine.updateContinuousBackups(
            UpdateContinuousBackupsInput(
                tableName: EventTable.name, pointInTimeRecoverySpecification: Self.recovery))
        return engine
    }

    /// A moment after all that was written and before all that will be.
    private func moment() async throws -> Double {
        let now = currentTime()
        // Numbers are whole microseconds.
        while currentTime() < now + 0.000_01 { await Task.yield() }
        return now + 0.000_005
    }

    private func restore(_ engine: Engine, to moment: Double, as name: String) async throws {
        _ = try await engine.restoreTableToPointInTime(
            RestoreTableToPointInTimeInput(
                sourceTableName: EventTable.name, targetTableName: name, restoreDateTime: moment))
        try await engine.waitUntilActive(name)
    }

    private static func random(_ random: inout SeededGenerator, _ version: Int) -> Item {
        let number = Int.random(in: 0..<60, using: &random)
        var item: Item = [
            "PK": .string("\(number % 9)"), "SK": .string("\(number)"), "version": .number(DecimalNumber(version)),
        ]
        if Bool.random(using: &random) {
            item["GSI1PK"] = .string("\(version % 4)")
            item["GSI1SK"] = .string("\(version)")
        }
        return item
    }

    /// Random writes on an engine and on a dictionary, of which copies are kept with their moments.
    @Test(arguments: 1...3)
    func everyMomentIsAsItWas(seed: UInt64) async throws {
        let directory = try TemporaryDirectory()
        var engine = try await engine(in: directory)
        var random = SeededGenerator(seed: seed)
        var model: [Item: Item] = [:]
        var past: [(moment: Double, items: Set<Item>)] = []
        for version in 0..<600 {
            let item = Self.random(&random, version)
            let key = item.filter { ["PK", "SK"].contains($0.key) }
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                _ = try await engine.putItem(PutItemInput(tableName: EventTable.name, item: item))
                model[key] = item
            case 6..<9:
                _ = try await engine.deleteItem(DeleteItemInput(tableName: EventTable.name, key: key))
                model[key] = nil
            default:
                let items = Dictionary(
                    [item, Self.random(&random, version)].map { item in
                        (item.filter { ["PK", "SK"].contains($0.key) }, item)
                    }
                ) { $1 }
                try await engine.batchPut(Array(items.values), to: EventTable.name)
                model.merge(items) { $1 }
            }
            if version % 60 == 30 { past.append((try await moment(), Set(model.values))) }
            if version == 300 {
                await engine.close()
                engine = try Engine.open(in: directory, synchronous: false)
            }
        }
        for (number, then) in past.enumerated() {
            let name = "Past\(number)"
            try await restore(engine, to: then.moment, as: name)
            #expect(Set(try await engine.scanAll(name)) == then.items, "moment \(number)")
            #expect(
                Set(try await engine.scanAll(name, index: "GSI1")) == then.items.filter { $0["GSI1PK"] != nil },
                "index at moment \(number)")
        }
        await engine.close()
    }

    /// Each batch replaces both halves, so every moment has equal halves.
    @Test func aMomentUnderLoadIsBetweenCommits() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engine(in: directory)
        func halves(_ writer: Int, _ value: Int) -> [Item] {
            ["left", "right"].map {
                ["PK": .string($0), "SK": .string("\(writer)"), "value": .number(DecimalNumber(value))]
            }
        }
        try await engine.batchPut(halves(0, 0), to: EventTable.name)
        let writing = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        var value = 0
                        while !Task.isCancelled {
                            value += 1
                            try await engine.batchPut(halves(writer, value), to: EventTable.name)
                            // Without syncs nothing else would let other tasks run.
                            await Task.yield()
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        for round in 0..<6 {
            try await Task.sleep(for: .milliseconds(20))
            try await restore(engine, to: currentTime(), as: "Past\(round)")
            let items = try await engine.scanAll("Past\(round)")
            let left = Dictionary(
                uniqueKeysWithValues: items.filter { $0["PK"] == "left" }.map { ($0["SK"], $0["value"]) })
            let right = Dictionary(
                uniqueKeysWithValues: items.filter { $0["PK"] == "right" }.map { ($0["SK"], $0["value"]) })
            #expect(left == right && !left.isEmpty, "round \(round)")
        }
        writing.cancel()
        try await writing.value
        await engine.close()
    }

    @Test func onlyMomentsOfThePeriodCanBeRestored() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engine(in: directory)
        for moment in [currentTime() - 3_600, currentTime() + 3_600] {
            let error = await failure {
                try await restore(engine, to: moment, as: "Past")
            }
            #expect(error?.code == .invalidRestoreTimeException)
        }
        _ = try await engine.updateContinuousBackups(
            UpdateContinuousBackupsInput(
                tableName: EventTable.name,
                pointInTimeRecoverySpecification: PointInTimeRecoverySpecification(pointInTimeRecoveryEnabled: false)))
        let error = await failure {
            try await restore(engine, to: currentTime(), as: "Past")
        }
        #expect(error?.code == .pointInTimeRecoveryUnavailableException)
        await engine.close()
    }

    @Test func aDeletedTableLeavesASystemBackup() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await engine(in: directory)
        _ = try await engine.putItem(PutItemInput(tableName: EventTable.name, item: ["PK": "a", "SK": "b"]))
        _ = try await engine.deleteTable(DeleteTableInput(tableName: EventTable.name))
        try await engine.waitUntilDeleted(EventTable.name)
        let backups = try await engine.listBackups(ListBackupsInput(backupType: .system)).backupSummaries
        let backup = try #require(backups?.first)
        #expect(backup.backupName == "Events$DeletedTableBackup")
        _ = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: try #require(backup.backupArn)))
        try await engine.waitUntilActive("Restored")
        #expect(try await engine.scanAll("Restored") == [["PK": "a", "SK": "b"]])
        await engine.close()
    }
}
