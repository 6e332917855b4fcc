import DynamoDB
import DynamoDBEngine
import Foundation
import Logging

/// Writes until it is killed, and notes in a file what was acknowledged.
///
/// Each of several writers works in a partition of its own: it puts batch after batch of events, deletes old batches,
/// and overwrites one counter. A note is written only after the engine's answer.
struct KilledWriter {
    static let writers = 6
    static let batchSize = 20
    /// A batch is deleted when this many newer ones exist.
    static let lifetime = 8

    let engine: Engine
    /// Open for appending. What is written to it survives the process.
    let notes: FileHandle

    /// The environment variable that turns a test process into a writer.
    static let environmentKey = "MIYABI_KILLED_WRITER_DIRECTORY"

    static func run(in directory: String) async throws {
        let engine = try Engine.open(
            Engine.Options(directory: directory + "/data"),
            logger: Logger(label: "writer") { _ in SwiftLogNoOpLogHandler() })
        if try await engine.listTables(ListTablesInput()).tableNames.isEmpty {
            _ = try await engine.createTable(EventTable.definition)
        }
        let path = directory + "/notes"
        if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(fileURLWithPath: path)) }
        guard let notes = FileHandle(forUpdatingAtPath: path) else { throw CocoaError(.fileNoSuchFile) }
        try notes.seekToEnd()
        let writer = KilledWriter(engine: engine, notes: notes)
        let start = Notes.read(directory).lastBatch
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<writers { group.addTask { await writer.write(as: number, after: start[number] ?? 0) } }
        }
    }

    private func write(as writer: Int, after start: Int) async {
        do {
            for batch in (start + 1)... {
                try note("begin \(writer) \(batch)")
                let puts = (0..<Self.batchSize).map { WriteRequest.put(Self.event(writer, batch, $0)) }
                _ = try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [EventTable.name: puts]))
                try note("put \(writer) \(batch)")
                _ = try await engine.putItem(
                    PutItemInput(tableName: EventTable.name, item: Self.counter(writer, batch)))
                try note("count \(writer) \(batch)")
                let old = batch - Self.lifetime
                guard old > 0 else { continue }
                try note("ending \(writer) \(old)")
                let deletes = (0..<Self.batchSize).map { WriteRequest.delete(key: Self.key(writer, old, $0)) }
                _ = try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [EventTable.name: deletes]))
                try note("ended \(writer) \(old)")
            }
        } catch {
            FileHandle.standardError.write(Data("writer \(writer): \(error)\n".utf8))
            exit(3)
        }
    }

    private func note(_ line: String) throws {
        // One write call a line, so that lines of several writers do not mix.
        try notes.write(contentsOf: Data((line + "\n").utf8))
    }

    // MARK: What is written

    static func key(_ writer: Int, _ batch: Int, _ number: Int) -> Item {
        ["PK": .string("EVENT#\(writer)#\(batch % 10)"), "SK": .string("\(batch)#\(number)")]
    }

    static func event(_ writer: Int, _ batch: Int, _ number: Int) -> Item {
        key(writer, batch, number).merging([
            "GSI1PK": .string("USER#\(number)"), "GSI1SK": .string("\(writer)#\(batch)"),
            "GSI2PK": .string("REPO#\(writer)"), "GSI2SK": .string("\(batch)#\(number)"),
            "payload": .string(String(repeating: "x", count: 250 + number)), "number": .number(DecimalNumber(batch)),
        ]) { $1 }
    }

    static func counter(_ writer: Int, _ batch: Int) -> Item {
        [
            "PK": .string("COUNTER"), "SK": .string("\(writer)"), "value": .number(DecimalNumber(batch)),
            // Moves within the index with every write, so that an old entry left behind would be found.
            "GSI1PK": .string("COUNTER"), "GSI1SK": .string("\(batch % 3)#\(writer)"),
        ]
    }
}
