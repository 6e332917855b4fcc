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

    /// Of several logs only the last can have been torn by a crash. What follows a gap would be applied to data that lacks
    /// the writes in it: entries of an index that these removed would stay.
    @Test func aGapBetweenLogsIsNotPassedOver() async throws {
        let directory = try TemporaryDirectory()
        var options = Engine.Options(directory: directory.path + "/data")
        options.writeBufferBytes = 1 << 20
        let engine = try Engine.open(options, logger: .silent)
        _ = try await engine.createTable(EventTable.definition)
        let text = AttributeValue.string(String(repeating: "x", count: 1000))
        for round in 0..<3 {
            for start in stride(from: 0, to: 700, by: 25) {
                let puts = (start..<start + 25).map { number in
                    WriteRequest.put([
                        "PK": .string("\(number)"), "SK": "x", "GSI1PK": .string("\(round)"), "GSI1SK": "x",
                        "text": text,
                    ])
                }
                _ = try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [EventTable.name: puts]))
            }
        }
        // A copy needs files that stay as they are: memtables are being written to tables.
        var before: [String] = []
        while try before != files(directory.path + "/data", "") {
            before = try files(directory.path + "/data", "")
            try await Task.sleep(for: .milliseconds(200))
        }
        let copies = try (0..<4).map { _ in try TemporaryDirectory() }
        for copy in copies {
            try FileManager.default.copyItem(atPath: directory.path + "/data", toPath: copy.path + "/data")
        }
        await engine.close()
        let logs = try files(copies[0].path + "/data", ".log")
        try #require(logs.count >= 3)
        func size(of copy: TemporaryDirectory, _ log: String) throws -> Int {
            try FileManager.default.attributesOfItem(atPath: "\(copy.path)/data/\(log)")[.size] as? Int ?? 0
        }
        func cut(_ copy: TemporaryDirectory, _ log: String, by count: UInt64) throws {
            let handle = try #require(FileHandle(forUpdatingAtPath: copy.path + "/data/" + log))
            let size = try handle.seekToEnd()
            try handle.truncate(atOffset: size > count ? size - count : 0)
            try handle.close()
        }
        // A torn record, a whole one, and a log that is not there at all.
        let place = try #require(
            logs.indices.dropFirst().dropLast().max { one, other in
                try size(of: copies[0], logs[one]) < size(of: copies[0], logs[other])
            })
        let middle = logs[place]
        try cut(copies[0], middle, by: 7)
        try openingFails(copies[0].path + "/data", naming: middle)
        try cut(copies[1], middle, by: 100_000)
        try openingFails(copies[1].path + "/data", naming: middle)
        try FileManager.default.removeItem(atPath: copies[2].path + "/data/" + middle)
        try openingFails(copies[2].path + "/data", naming: logs[place - 1])
        // The last one may be torn, and the indexes are whole.
        try cut(copies[3], logs[logs.count - 1], by: 7)
        let reopened = try Engine.open(in: copies[3])
        let items = try await reopened.scanAll(EventTable.name)
        #expect(items.count == 700)
        #expect(Set(try await reopened.scanAll(EventTable.name, index: "GSI1")) == Set(items))
        await reopened.close()
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
