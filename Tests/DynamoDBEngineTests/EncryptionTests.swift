import DynamoDB
import Encryption
import Foundation
import Testing

@testable import DynamoDBEngine

/// A directory whose files are encrypted: nothing of the data shows in them, and nothing but the right key opens them.
@Suite struct EncryptionTests {
    private static let odd = "q7-odd-words-that-stand-nowhere-else"
    private static let oddBytes = Data(odd.utf8)
    private let directory: TemporaryDirectory
    private let keys = MasterKeys(current: MasterKey())

    init() throws { directory = try TemporaryDirectory() }

    private var data: String { directory.path + "/data" }

    private func options(_ keys: MasterKeys?, isRequired: Bool = false) -> Engine.Options {
        var options = Engine.Options(directory: data)
        options.writeBufferBytes = 1 << 20
        options.encryption = keys.map { EncryptionAtRest(keys: $0, isRequired: isRequired) }
        return options
    }

    private func open(_ keys: MasterKeys?, isRequired: Bool = false) throws -> Engine {
        try Engine.open(options(keys, isRequired: isRequired), logger: .silent)
    }

    private func put(_ engine: Engine, _ numbers: Range<Int>) async throws {
        for number in numbers {
            let item: Item = [
                "PK": .string("\(number) \(Self.odd)"), "SK": "x", "\(Self.odd)-name": "1",
                "text": .string(String(repeating: "\(Self.odd) \(number) ", count: 30)),
            ]
            _ = try await engine.putItem(PutItemInput(tableName: EventTable.name, item: item))
        }
    }

    private func count(_ engine: Engine) async throws -> Int {
        var (count, start) = (0, Item?.none)
        repeat {
            let page = try await engine.scan(ScanInput(tableName: EventTable.name, exclusiveStartKey: start))
            count += page.count ?? 0
            start = page.lastEvaluatedKey
        } while start != nil
        return count
    }

    private func fill(_ keys: MasterKeys?) async throws {
        let engine = try open(keys)
        _ = try await engine.createTable(EventTable.definition)
        try await put(engine, 0..<200)
        try engine.compact()
        try await put(engine, 200..<300)
        await engine.close()
    }

    /// The files below the directory that hold some bytes.
    private func files(holding bytes: Data) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: data)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            FileManager.default.contents(atPath: "\(data)/\(name)")?.range(of: bytes) != nil
        }
    }

    private func code(_ keys: MasterKeys?, isRequired: Bool = false) -> EngineError.Code? {
        #expect(throws: EngineError.self) { try open(keys, isRequired: isRequired) }?.code
    }

    /// Everything in the directory, to see that nothing was changed.
    private func contents() throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: data)
        return names.reduce(into: [:]) { $0[$1] = FileManager.default.contents(atPath: "\(data)/\($1)") }
    }

    private func change(_ suffix: String, at offset: Int) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: data).sorted()
        let name = try #require(names.last { $0.hasSuffix(suffix) || $0.hasPrefix(suffix) })
        var bytes = try #require(FileManager.default.contents(atPath: "\(data)/\(name)"))
        bytes[offset] ^= 0x41
        try bytes.write(to: URL(filePath: "\(data)/\(name)"))
        return name
    }

    @Test func nothingShowsAndEverythingIsThere() async throws {
        try await fill(keys)
        #expect(try files(holding: Self.oddBytes).isEmpty)
        #expect(try files(holding: Data(EventTable.name.utf8)).isEmpty)
        let census = try EncryptionCensus(of: data)
        #expect(census.isEncrypted && census.plainFiles == 0 && census.keys.first?.files ?? 0 > 3)
        let engine = try open(keys)
        #expect(try await count(engine) == 300)
        let created = try await engine.createBackup(
            CreateBackupInput(tableName: EventTable.name, backupName: "encrypted"))
        let arn = try #require(created.backupDetails?.backupArn)
        while try await engine.describeBackup(DescribeBackupInput(backupArn: arn)).backupDescription?.backupDetails?
            .backupStatus != .available
        { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try files(holding: Self.oddBytes).isEmpty)
        _ = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "again", backupArn: arn))
        let again = try await engine.waitUntilActive("again", timeout: .seconds(60))
        #expect(again.itemCount == 300)
        await engine.close()
    }

    /// The control: the same without keys shows all of it.
    @Test func withoutKeysItShows() async throws {
        try await fill(nil)
        #expect(try !files(holding: Self.oddBytes).isEmpty)
        #expect(try !files(holding: Data(EventTable.name.utf8)).isEmpty)
        #expect(code(keys, isRequired: true) == .notEncrypted)
        // One that is old goes on as it is, key or none.
        let engine = try open(keys)
        #expect(try await count(engine) == 300)
        await engine.close()
        #expect(try EncryptionCensus(of: data).isEncrypted == false)
    }

    @Test func aWrongOrMissingKeyIsToldAndChangesNothing() async throws {
        try await fill(keys)
        let before = try contents()
        #expect(code(nil) == .keyMissing)
        #expect(code(MasterKeys(current: MasterKey())) == .keyWrong)
        try FileManager.default.moveItem(atPath: "\(data)/data-keys", toPath: "\(data)-keys")
        #expect(code(keys) == .dataDamaged)
        #expect(code(nil) == .dataDamaged)
        try FileManager.default.moveItem(atPath: "\(data)-keys", toPath: "\(data)/data-keys")
        #expect(try contents() == before)
        let engine = try open(keys)
        #expect(try await count(engine) == 300)
        await engine.close()
    }

    @Test(arguments: ["CURRENT", "MANIFEST-"], [0, 9, 30, 60, 4000])
    func aChangedBeginningIsDamage(of file: String, at offset: Int) async throws {
        try await fill(keys)
        let name = try change(file, at: offset)
        let error = #expect(throws: EngineError.self) { try open(keys) }
        #expect(error?.code == .dataDamaged && "\(error.map { "\($0)" } ?? "")".contains(name), "\(error as Any)")
    }

    @Test func aChangedBeginningOfATableIsDamage() async throws {
        try await fill(keys)
        let name = try change(".sst", at: 70)
        var options = options(keys)
        options.verifiesFiles = true
        let error = #expect(throws: EngineError.self) { try Engine.open(options, logger: .silent) }
        #expect(error?.code == .dataDamaged && "\(error.map { "\($0)" } ?? "")".contains(name))
    }

    @Test(arguments: [0, 1, 4095, 4096])
    func aLogWithoutItsBeginningHoldsNothing(length: Int) async throws {
        try await fill(keys)
        // As a crash leaves the log that was begun last: cut off, or of zeros.
        let name = "\(data)/099999.log"
        FileManager.default.createFile(atPath: name, contents: Data(count: length))
        let engine = try open(keys)
        #expect(try await count(engine) == 300)
        await engine.close()
    }

    @Test func keysRotateUnderWrites() async throws {
        try await fill(keys)
        let first = try #require(try EncryptionCensus(of: data).keys.first?.id)
        let rotated = MasterKeys(current: MasterKey(), earlier: keys.all)
        let path = directory.path + "/keys"
        try keys.text.write(toFile: path, atomically: true, encoding: .utf8)
        var options = options(keys)
        options.encryption?.reload = { try MasterKeys(text: String(contentsOfFile: path, encoding: .utf8)) }
        let engine = try Engine.open(options, logger: .silent)
        let rotation = KeyRotation(of: data)
        let writing = Task { [self] in try await put(engine, 300..<1200) }
        try rotated.text.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try rotation.rewrap(rotated))
        #expect(try rotation.addDataKey(rotated))
        try rotation.requestRewrite()
        try await writing.value
        // The store takes the key within seconds, and writes its tables anew.
        let deadline = ContinuousClock.now + .seconds(60)
        while FileManager.default.fileExists(atPath: "\(data)/data-keys.rewrite"), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
        }
        let census = try EncryptionCensus(of: data)
        #expect(census.keys.count == 2 && census.keys[0].id != first && census.keys[0].files > 0, "\(census)")
        #expect(try await count(engine) == 1200)
        await engine.close()
        // With the first start nothing is left that needs the first key: it is forgotten.
        for _ in 0..<2 { await (try open(rotated)).close() }
        let after = try EncryptionCensus(of: data)
        #expect(after.keys.count == 1 && after.keys[0].id == census.keys[0].id, "\(after)")
        #expect(code(keys) == .keyWrong)
        let again = try open(MasterKeys(current: rotated.current))
        #expect(try await count(again) == 1200)
        await again.close()
    }

    @Test func descriptionsSayWhatIsTrue() async throws {
        let engine = try open(keys)
        var definition = EventTable.definition
        definition.sseSpecification = SSESpecification(enabled: true, sseType: .kms, kmsMasterKeyId: "alias/mine")
        _ = try await engine.createTable(definition)
        let asked = try await engine.describeTable(DescribeTableInput(tableName: EventTable.name)).table
        #expect(asked.sseDescription?.status == .enabled && asked.sseDescription?.sseType == .aes256)
        #expect(asked.sseDescription?.kmsMasterKeyArn == nil)
        await engine.close()
    }
}
