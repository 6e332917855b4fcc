import DynamoDB
import Foundation
import Glibc
import Logging
import Synchronization
import Testing

@testable import DynamoDBEngine

/// What lies in `backups/`, whoever put it there.
@Suite struct BackupFileTests {
    private static let table = StreamTable.name

    private let directory: TemporaryDirectory
    private let time = TestTime()
    private let log = RecordedLog()
    private var folder: String { directory.path + "/data/backups" }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open() throws -> Engine {
        var options = Engine.Options(directory: directory.path + "/data")
        options.clock = time.clock
        return try Engine.open(options, logger: log.logger)
    }

    /// An engine with a table, and a backup of it.
    private func engineWithBackup(items: Int = 3) async throws -> (engine: Engine, arn: String, file: String) {
        let engine = try open()
        _ = try await engine.createTable(StreamTable.definition(nil))
        for id in 0..<items { try await engine.put(["id": .number(DecimalNumber(id))]) }
        let arn = try await backUp(engine)
        return (engine, arn, "\(folder)/\(arn.split(separator: "/").last ?? "").backup")
    }

    private func backUp(_ engine: Engine) async throws -> String {
        let output = try await engine.createBackup(CreateBackupInput(tableName: Self.table, backupName: "a-backup"))
        let arn = try #require(output.backupDetails?.backupArn)
        try await engine.waitUntilAvailable(arn)
        return arn
    }

    private func listed(_ engine: Engine) async throws -> [String?] {
        try await engine.listBackups(ListBackupsInput()).backupSummaries?.map(\.backupArn) ?? []
    }

    @Test func whatIsNoBackupIsPassedOverAndNamedOnce() async throws {
        let (engine, arn, file) = try await engineWithBackup()
        let contents = try Data(contentsOf: URL(fileURLWithPath: file))
        try Data("no backup".utf8).write(to: URL(fileURLWithPath: folder + "/notes.backup"))
        try Data().write(to: URL(fileURLWithPath: folder + "/empty.backup"))
        try contents.write(to: URL(fileURLWithPath: folder + "/renamed.backup"))
        try FileManager.default.createDirectory(atPath: folder + "/folder.backup", withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/nowhere.backup", withDestinationPath: folder + "/nothing")
        #expect(mkfifo(folder + "/pipe.backup", 0o600) == 0)
        for _ in 0..<3 { #expect(try await listed(engine) == [arn]) }
        let strangers = ["empty", "folder", "notes", "pipe", "renamed"].map { "\(folder)/\($0).backup" }
        #expect(log.metadata("file").sorted() == strangers)

        time.advance(seconds: 1)
        // One that was cut off while it was copied is a backup once it is whole.
        let other = try await backUp(engine)
        let otherFile = "\(folder)/\(other.split(separator: "/").last ?? "").backup"
        let whole = try Data(contentsOf: URL(fileURLWithPath: otherFile))
        await engine.close()
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: otherFile))
        let again = try open()
        #expect(try await listed(again) == [arn])
        try whole.write(to: URL(fileURLWithPath: otherFile))
        #expect(try await listed(again) == [arn, other])
        await again.close()
    }

    @Test func whatACrashLeftIsRemoved() async throws {
        let (engine, arn, _) = try await engineWithBackup()
        await engine.close()
        try Data("half".utf8).write(to: URL(fileURLWithPath: folder + "/half.partial"))
        // What cannot be removed stops nothing.
        try FileManager.default.createDirectory(atPath: folder + "/folder.partial", withIntermediateDirectories: false)
        let again = try open()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
        #expect(FileManager.default.fileExists(atPath: folder + "/folder.partial"))
        #expect(try await listed(again) == [arn])
        await again.close()
    }

    @Test func aDamagedFileDoesNotStopTheTrimming() async throws {
        let engine = try open()
        _ = try await engine.createTable(StreamTable.definition())
        try await engine.put(["id": .number(1)])
        _ = try await engine.updateContinuousBackups(
            UpdateContinuousBackupsInput(
                tableName: Self.table,
                pointInTimeRecoverySpecification: PointInTimeRecoverySpecification(pointInTimeRecoveryEnabled: true)))
        _ = try await engine.deleteTable(DeleteTableInput(tableName: Self.table))
        try await engine.waitUntilDeleted(Self.table)
        _ = try await engine.createTable(StreamTable.definition(name: "Other"))
        try await engine.put(["id": .number(1)], in: "Other")
        try Data("no backup".utf8).write(to: URL(fileURLWithPath: folder + "/notes.backup"))
        #expect(try await engine.listBackups(ListBackupsInput(backupType: .all)).backupSummaries?.count == 1)
        time.advance(seconds: 36 * 86_400)
        try await engine.trim()
        #expect(try await engine.listBackups(ListBackupsInput(backupType: .all)).backupSummaries == [])
        let records = try await engine.perform("Test") { core in
            try core.database.keys(in: .streams, KeyRange(from: [], to: [0xFF]), atMost: 10)
        }
        #expect(records.isEmpty)
        #expect(FileManager.default.fileExists(atPath: folder + "/notes.backup"))
        await engine.close()
    }

    @Test func aDamagedBackupIsToldByItsARN() async throws {
        let (engine, arn, file) = try await engineWithBackup()
        await engine.close()
        try Data("damaged".utf8).write(to: URL(fileURLWithPath: file))
        let again = try open()
        let message = "The file of the backup is damaged: \(arn)"
        await expect(.internalServerError, message) {
            try await again.describeBackup(DescribeBackupInput(backupArn: arn))
        }
        await expect(.internalServerError, message) {
            try await again.restoreTableFromBackup(
                RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: arn))
        }
        await expect(.internalServerError, message) {
            try await again.deleteBackup(DeleteBackupInput(backupArn: arn))
        }
        #expect(try await again.listTables(ListTablesInput()).tableNames == [Self.table])
        #expect(log.metadata("error").contains { $0.contains(file) })
        await again.close()
    }

    /// Cut off at any length, or changed in any byte, a file is refused or gives what it held.
    @Test func everyDamageIsFound() async throws {
        let (engine, _, file) = try await engineWithBackup(items: 2)
        await engine.close()
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
        let copy = directory.path + "/copy"
        func items(_ bytes: [UInt8]) throws -> Int? {
            try Data(bytes).write(to: URL(fileURLWithPath: copy))
            do {
                var count = 0
                try BackupReader(reading: copy)?.forEach { _ in count += 1 }
                return count
            } catch let error where error is StorageError || error is StoredDataError {
                return nil
            }
        }
        #expect(try items(whole) == 2)
        for length in 0..<whole.count { #expect(try items(Array(whole[..<length])) == nil, "\(length) bytes") }
        for position in whole.indices {
            for bit in [1, 0x80] as [UInt8] {
                var bytes = whole
                bytes[position] ^= bit
                #expect(try items(bytes) == nil, "byte \(position)")
            }
        }
        #expect(try items(whole + [0]) == nil)
    }

    /// Whatever an intact file says of itself, it costs no more than its size and never traps.
    @Test(arguments: [-1e300, -1, 0, 1e300] as [Double])
    func aFileMaySayAnyTime(seconds: Double) async throws {
        let (engine, arn, file) = try await engineWithBackup()
        var header = try #require(try BackupReader(reading: file)?.header)
        header.description.backupDetails?.backupCreationDateTime = seconds
        header.description.backupDetails?.backupExpiryDateTime = nil
        header.description.sourceTableDetails?.itemCount = 0
        await engine.close()
        try FileManager.default.removeItem(atPath: file)
        try BackupWriter(creating: directory.path + "/partial").finish(
            header, as: String(try #require(file.split(separator: "/").last)), in: folder)
        let again = try open()
        #expect(try await listed(again) == [arn])
        _ = try await again.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: arn))
        try await again.waitUntilActive("Restored")
        try await again.trim()
        await again.close()
    }

    /// Backups of one millisecond are listed each once, whatever the size of a page.
    @Test func pagesLeaveNothingOut() async throws {
        let engine = try open()
        for name in ["one", "two", "six"] { _ = try await engine.createTable(StreamTable.definition(nil, name: name)) }
        var made: Set<String> = []
        for number in 0..<24 {
            let output = try await engine.createBackup(
                CreateBackupInput(tableName: ["one", "two", "six"][number % 3], backupName: "number-\(number)"))
            made.insert(try #require(output.backupDetails?.backupArn))
        }
        for limit in [1, 5, 24] {
            var found: [String] = []
            var start: String?
            repeat {
                let page = try await engine.listBackups(
                    ListBackupsInput(limit: limit, exclusiveStartBackupArn: start))
                found += (page.backupSummaries ?? []).compactMap(\.backupArn)
                start = page.lastEvaluatedBackupArn
            } while start != nil
            #expect(found.count == made.count && Set(found) == made)
        }
        await engine.close()
    }

    /// An item may break the rules of an index that is younger than itself; it is left out of the index, here as there.
    @Test(arguments: [false, true])
    func itemsThatAnIndexLeavesOutAreRestored(toMoment: Bool) async throws {
        let engine = try open()
        _ = try await engine.createTable(StreamTable.definition(nil))
        _ = try await engine.updateContinuousBackups(
            UpdateContinuousBackupsInput(
                tableName: Self.table,
                pointInTimeRecoverySpecification: PointInTimeRecoverySpecification(pointInTimeRecoveryEnabled: true)))
        let large = String(repeating: "x", count: 3_000)
        let values: [AttributeValue?] = [.string("a"), .number(1), .null, .string(""), .string(large), nil]
        var items: Set<Item> = []
        for (id, value) in values.enumerated() {
            var item: Item = ["id": .number(DecimalNumber(id))]
            item["owner"] = value
            items.insert(item)
            try await engine.put(item)
        }
        for projection in [Projection(projectionType: .all), Projection(projectionType: .keysOnly)] {
            _ = try await engine.updateTable(
                UpdateTableInput(
                    tableName: Self.table,
                    attributeDefinitions: [AttributeDefinition(attributeName: "owner", attributeType: .string)],
                    globalSecondaryIndexUpdates: [
                        GlobalSecondaryIndexUpdate(
                            create: GlobalSecondaryIndex(
                                indexName: "by-owner-\(projection.projectionType?.rawValue ?? "")",
                                keySchema: [KeySchemaElement(attributeName: "owner", keyType: .hash)],
                                projection: projection))
                    ]))
            while try await engine.describeTable(DescribeTableInput(tableName: Self.table)).table
                .globalSecondaryIndexes?.contains(where: { $0.indexStatus != .active }) == true
            {
                try await Task.sleep(for: .milliseconds(2))
            }
        }
        if toMoment {
            _ = try await engine.restoreTableToPointInTime(
                RestoreTableToPointInTimeInput(
                    sourceTableName: Self.table, targetTableName: "Restored", useLatestRestorableTime: true))
        } else {
            let arn = try await backUp(engine)
            _ = try await engine.restoreTableFromBackup(
                RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: arn))
        }
        try await engine.waitUntilActive("Restored")
        #expect(Set(try await engine.scanAll("Restored")) == items)
        for index in ["by-owner-ALL", "by-owner-KEYS_ONLY"] {
            #expect(
                try await engine.scanAll("Restored", index: index) == [["id": .number(0), "owner": .string("a")]])
        }
        await engine.close()
    }

    /// Each batch ends by its bytes here, not by its items.
    @Test func largeItemsAreRestored() async throws {
        let engine = try open()
        var definition = StreamTable.definition(nil)
        definition.attributeDefinitions.append(AttributeDefinition(attributeName: "owner", attributeType: .string))
        definition.globalSecondaryIndexes = (0..<5).map {
            GlobalSecondaryIndex(
                indexName: "index-\($0)", keySchema: [KeySchemaElement(attributeName: "owner", keyType: .hash)],
                projection: Projection(projectionType: .all))
        }
        _ = try await engine.createTable(definition)
        let text = String(repeating: "x", count: 390_000)
        for id in 0..<20 {
            try await engine.put(["id": .number(DecimalNumber(id)), "owner": .string("o"), "text": .string(text)])
        }
        let arn = try await backUp(engine)
        _ = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: arn))
        #expect(try await engine.waitUntilActive("Restored").itemCount == 20)
        #expect(try await engine.scanAll("Restored", index: "index-4").count == 20)
        await engine.close()
    }
}

/// What was logged.
final class RecordedLog: Sendable {
    private let entries = Mutex<[Logger.Metadata]>([])

    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    /// All values that were logged under a name.
    func metadata(_ name: String) -> [String] {
        entries.withLock { entries in entries.compactMap { $0[name].map { "\($0)" } } }
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.warning

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.entries.withLock { $0.append(event.metadata ?? [:]) }
        }
    }
}
