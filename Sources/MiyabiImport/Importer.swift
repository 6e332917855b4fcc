public import Foundation
public import MiyabiDatabase

/// Imports GitHub webhook deliveries.
public typealias GitHubImporter = Importer<GitHubFormat>
/// Imports commit records.
public typealias CommitImporter = Importer<CommitFormat>

/// How an import goes.
public struct ImportOptions: Sendable {
    /// The row of web_users that new repositories belong to, and events that name no user; nil: the event's user.
    public var owner: UUID?
    /// Whether a bad line ends the import, rather than being skipped.
    public var isStrict: Bool
    /// Lines that are written together.
    public var linesPerBatch: Int

    /// - Parameters:
    ///   - owner: The row of web_users that new repositories belong to.
    ///   - isStrict: Whether a bad line ends the import.
    ///   - linesPerBatch: Lines that are written together; at least 1.
    public init(owner: UUID? = nil, isStrict: Bool = false, linesPerBatch: Int = 2000) {
        self.owner = owner
        self.isStrict = isStrict
        self.linesPerBatch = max(linesPerBatch, 1)
    }
}

/// Brings a file of records into both halves, one record a line.
///
/// A batch goes to PostgreSQL first, in one transaction, then to DynamoDB: an event never names a row that is not
/// there. All names follow from the lines' content, so that the same file again changes nothing, and after a crash
/// completes what is missing.
public struct Importer<Format: ImportFormat>: Sendable {
    private let database: Database
    private let options: ImportOptions
    /// Lines of webhooks are long: a batch ends at so many bytes, too.
    private let bytesPerBatch = 8 * 1024 * 1024

    /// An importer into a database.
    public init(database: Database, options: ImportOptions = ImportOptions()) {
        self.database = database
        self.options = options
    }

    /// Imports all lines of a file.
    ///
    /// - Parameters:
    ///   - reader: The lines.
    ///   - report: Called for each bad line, in order.
    ///   - progress: Called after each batch.
    /// - Throws: ``ImportError``, with the code ``ImportError/Code/badLine`` when the import is strict, before anything
    ///   of that line's batch is written; `PostgresError`; `DynamoDBError`. What was written stays; the same import
    ///   again goes on from there.
    public func run(
        _ reader: LineReader,
        reporting report: (BadLine) -> Void = { _ in },
        progress: (ImportSummary, LineReader.Position) -> Void = { _, _ in }
    ) async throws -> ImportSummary {
        let start = ContinuousClock.now
        var summary = ImportSummary(file: reader.name)
        var writer = ImportWriter(database: database, owner: options.owner)
        var batch = try await next(reader)
        while batch.count > 0 {
            for line in batch.bad {
                if options.isStrict { throw ImportError(.badLine, line.description) }
                report(line)
            }
            // While one batch is written, the next is read and understood.
            async let following = next(reader)
            let written = try await writer.write(batch.records)
            summary.add(written, lines: batch.count, skipped: batch.bad.count)
            summary.seconds = (ContinuousClock.now - start) / .seconds(1)
            progress(summary, reader.position)
            batch = try await following
        }
        try await writer.refresh()
        summary.seconds = (ContinuousClock.now - start) / .seconds(1)
        return summary
    }

    private struct Batch: Sendable {
        var count = 0
        var records: [ImportRecord] = []
        var bad: [BadLine] = []
    }

    private func next(_ reader: LineReader) async throws -> Batch {
        var batch = Batch()
        for line in try await reader.lines(atMost: options.linesPerBatch, bytes: bytesPerBatch) {
            batch.count += 1
            do {
                guard let bytes = line.bytes else {
                    throw LineFault("longer than \(LineReader.longestLine >> 20) MiB")
                }
                let record = try Format.record(bytes)
                // With the user and repository that it may get: one item too large would fail its whole batch.
                try Event(id: record.id, type: record.type, userID: UUID(), repositoryID: UUID(), data: record.data)
                    .checkLimits()
                batch.records.append(record)
            } catch {
                batch.bad.append(BadLine(file: reader.name, number: line.number, reason: "\(error)"))
            }
        }
        return batch
    }
}

/// What an import did.
public struct ImportSummary: Sendable, Hashable, Codable {
    /// The file's name, or `<stdin>`.
    public let file: String
    /// Lines read, without blank ones.
    public internal(set) var lines = 0
    /// Events that are new.
    public internal(set) var imported = 0
    /// Events that were there already.
    public internal(set) var unchanged = 0
    /// Lines that are no records.
    public internal(set) var skipped = 0
    /// Rows of web_users that are new.
    public internal(set) var users = 0
    /// Rows of repositories that are new.
    public internal(set) var repositories = 0
    /// Rows of agent_executions that are new.
    public internal(set) var executions = 0
    /// How long it took.
    public internal(set) var seconds = 0.0

    init(file: String) {
        self.file = file
    }

    mutating func add(_ written: ImportWriter.Written, lines: Int, skipped: Int) {
        self.lines += lines
        self.skipped += skipped
        imported += written.events.written
        unchanged += written.events.skipped
        users += written.users
        repositories += written.repositories
        executions += written.executions
    }
}

extension ImportSummary {
    /// What the import did, in one sentence.
    public var sentence: String {
        let rate = seconds > 0 ? ", \(Int(Double(imported) / seconds)) events/s" : ""
        return "\(file): \(lines) lines, \(imported) new events, \(unchanged) already there, \(skipped) skipped; "
            + "\(users) new users, \(repositories) repositories, \(executions) executions "
            + "(\((seconds * 100).rounded() / 100) s\(rate))"
    }
}
