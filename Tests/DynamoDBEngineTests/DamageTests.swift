import DynamoDB
import Foundation
import Testing

@testable import DynamoDBEngine

/// Damaged files are found, and named to the operator.
@Suite struct DamageTests {
    /// An engine with some items; `settle` decides whether they are in tables or in the log.
    private func directory(settle: (Engine) async throws -> Void) async throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        _ = try await engine.createTable(EventTable.definition)
        for number in 0..<400 {
            let item: Item = [
                "PK": .string("\(number)"), "SK": "x", "text": .string("\(number) of a text that is stored"),
            ]
            _ = try await engine.putItem(PutItemInput(tableName: EventTable.name, item: item))
        }
        try await settle(engine)
        return directory
    }

    private func files(_ directory: String, _ suffix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(suffix) }.sorted()
    }

    @Test func openingLeavesNoDraftsOfOptions() async throws {
        let directory = try await directory { await $0.close() }
        for _ in 0..<2 {
            let engine = try Engine.open(in: directory)
            #expect(try files(directory.path, ".dbtmp").isEmpty)
            await engine.close()
        }
    }

    /// Changes one byte.
    private func damage(_ path: String, at offset: UInt64) throws {
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        try file.seek(toOffset: offset)
        let byte = try #require(try file.read(upToCount: 1)?.first)
        try file.seek(toOffset: offset)
        try file.write(contentsOf: Data([byte ^ 0x5A]))
        try file.close()
    }

    private func openingFails(_ directory: String, naming file: String, verifies: Bool = false) throws {
        var options = Engine.Options(directory: directory)
        options.verifiesFiles = verifies
        let error = try #require(throws: EngineError.self) { try Engine.open(options, logger: .silent) }
        #expect(error.code == .dataDamaged, "\(error)")
        #expect(error.description.contains(file), "\(error)")
    }

    @Test func damageWithinATableIsNamedWhenFilesAreVerified() async throws {
        let directory = try await directory { engine in
            try engine.compact()
            await engine.close()
        }
        let data = directory.path + "/data"
        // The file that holds the items: the largest.
        let file = try #require(
            try files(data, ".sst").max { one, other in
                try FileManager.default.attributesOfItem(atPath: "\(data)/\(one)")[.size] as? Int ?? 0
                    < FileManager.default.attributesOfItem(atPath: "\(data)/\(other)")[.size] as? Int ?? 0
            })
        try damage("\(data)/\(file)", at: 1_000)
        try openingFails(data, naming: file, verifies: true)
    }

    @Test func aTableCutOffIsNamed() async throws {
        let directory = try await directory { engine in
            try engine.compact()
            await engine.close()
        }
        let data = directory.path + "/data"
        let file = try #require(try files(data, ".sst").last)
        let handle = try #require(FileHandle(forUpdatingAtPath: "\(data)/\(file)"))
        try handle.truncate(atOffset: 500)
        try handle.close()
        try openingFails(data, naming: file)
    }

    @Test func damageWithinTheLogIsNotTakenForItsEnd() async throws {
        let copy = try TemporaryDirectory()
        let directory = try await directory { _ in }
        // A copy of the directory while the engine runs: what a crash leaves.
        try FileManager.default.copyItem(atPath: directory.path + "/data", toPath: copy.path + "/data")
        let data = copy.path + "/data"
        let file = try #require(try files(data, ".log").last)
        try damage("\(data)/\(file)", at: 20_000)
        try openingFails(data, naming: file)
    }

    @Test func aTornTailOfTheLogIsDropped() async throws {
        let copy = try TemporaryDirectory()
        let directory = try await directory { _ in }
        try FileManager.default.copyItem(atPath: directory.path + "/data", toPath: copy.path + "/data")
        let data = copy.path + "/data"
        let path = "\(data)/\(try #require(try files(data, ".log").last))"
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.truncate(atOffset: try handle.seekToEnd() - 7)
        try handle.close()
        let engine = try Engine.open(in: copy)
        #expect(try await engine.scanAll(EventTable.name).count == 399)
        await engine.close()
    }
}
