import DynamoDB
import Encryption
import FoundationEssentials
import MiyabiHome
import MiyabiSystem

/// A file of the WAL, 16 MB, named by its place.
///
/// <https://www.postgresql.org/docs/15/wal-internals.html>
struct LogSegment: Hashable, Comparable, Sendable {
    let timeline: UInt32
    /// The number of the file since the beginning of the cluster.
    let number: UInt64

    private static let segmentsInFile: UInt64 = 256

    /// The segment of that name: three numbers of eight hexadecimal digits.
    init?(_ name: String) {
        let digits = Array(name.utf8)
        guard digits.count == 24, digits.allSatisfy({ (48...57).contains($0) || (65...70).contains($0) }) else {
            return nil
        }
        let part = { (range: Range<Int>) in UInt64(String(decoding: digits[range], as: UTF8.self), radix: 16) ?? 0 }
        guard part(16..<24) < Self.segmentsInFile else { return nil }
        timeline = UInt32(part(0..<8))
        number = part(8..<16) * Self.segmentsInFile + part(16..<24)
    }

    static func < (left: LogSegment, right: LogSegment) -> Bool {
        (left.timeline, left.number) < (right.timeline, right.number)
    }
}

/// The WAL that was received from a home's PostgreSQL: `pg_receivewal` writes it into a directory of the home, the supervisor
/// encrypts each whole segment into this one, a restore reads it. Older versions received into this one, unencrypted.
struct LogDirectory: Codable, Equatable, Sendable {
    /// Where it is, by one of the names that its place may have; its own name is the only one of its kind.
    let path: String

    private var name: Substring? { path.split(separator: "/").last }

    static func == (left: LogDirectory, right: LogDirectory) -> Bool { left.name == right.name }

    /// The one that exists, or will, for a home whose recovery is turned on at a time.
    ///
    /// - Parameter backups: The path of the directory of backups.
    init(of home: MiyabiHome, in backups: String, since time: Date) {
        path = "\(backups)/\(Self.prefix(of: home))\(time.isoName)"
    }

    private init(path: String) { self.path = path }

    /// All of a home's, from each time that its recovery was turned on.
    static func all(of home: MiyabiHome, in backups: String) throws(OperationsError) -> [LogDirectory] {
        try Files.list(backups).filter { $0.hasPrefix(prefix(of: home)) }
            .map { LogDirectory(path: "\(backups)/\($0)") }
    }

    private static func prefix(of home: MiyabiHome) -> String { "wal-\(home.shortHash)-" }

    func isIn(_ backups: String) -> Bool {
        guard let place = Files.resolve(path) else { return path.hasPrefix(backups + "/") }
        return Files.resolve(backups).map { place.hasPrefix($0 + "/") } ?? false
    }

    /// The names of all whole segments, in their order.
    func names() throws(OperationsError) -> [String] {
        let names = try Files.list(path).map { $0.hasSuffix(SealedFiles.suffix) ? Self.plain($0) : $0 }
        return Set(names.filter { LogSegment($0) != nil }).sorted()
    }

    private static func plain(_ name: String) -> String { String(name.dropLast(SealedFiles.suffix.count)) }

    /// Where segments are received that are not whole yet: in the home, beside the cluster that they come from.
    func spool(of home: MiyabiHome) -> String { "\(home.path)/wal/\(name ?? "log")" }

    /// Encrypts the whole segments of a spool into this directory, and removes them there.
    func takeSegments(from spool: String, _ key: MasterKey) throws(OperationsError) {
        for name in try Files.list(spool) where LogSegment(name) != nil {
            let (segment, sealed) = ("\(spool)/\(name)", file(name) + SealedFiles.suffix)
            let draft = sealed + Files.draftSuffix
            try Files.remove(draft)
            try SealedFiles.seal(segment, to: draft, key, context: Self.context(name))
            try Files.rename(draft, to: sealed)
            try Files.remove(segment)
        }
    }

    /// Gives a segment to a restore.
    func open(_ name: String, to copy: String, _ keys: MasterKeys?) throws(OperationsError) {
        let sealed = file(name) + SealedFiles.suffix
        if Files.exists(sealed) { return try SealedFiles.open(sealed, to: copy, keys, context: Self.context(name)) }
        try Files.copy(file(name), to: copy)
    }

    /// Whether a segment is there.
    func has(_ name: String) -> Bool { Files.exists(file(name) + SealedFiles.suffix) || Files.exists(file(name)) }

    private static func context(_ name: String) -> String { "wal \(name)" }

    /// The size of all that is there.
    func bytes() throws(OperationsError) -> Int {
        try Files.list(path).reduce(0) { $0 + Files.size(file($1)) }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The names from one segment to another; none where the last is before the first, nil where one is missing.
    func names(from first: String, to last: String) throws(OperationsError) -> [String]? {
        guard let first = LogSegment(first), let last = LogSegment(last) else { return nil }
        guard first <= last else { return [] }
        let between = try names().filter { name in LogSegment(name).map { (first...last).contains($0) } ?? false }
        // A cluster keeps its timeline: a restore makes a home, and with it a directory, of its own.
        return between.count == Int(last.number - first.number) + 1 ? between : nil
    }

    /// Removes what is before a segment.
    func trim(before name: String) throws(OperationsError) {
        guard let first = LogSegment(name) else { return }
        for name in try names() {
            guard let segment = LogSegment(name), segment < first else { continue }
            try Files.remove(file(name))
            try Files.remove(file(name) + SealedFiles.suffix)
        }
    }
}

/// That a home can be restored to any moment, and from where: `recovery.json` in the home, as long as it can.
struct RecoveryPolicy: Codable, Sendable, Equatable {
    /// How many days the tables' history is kept, 1 to 35.
    var days: Int
    /// The directory that the WAL is received into: one for each time that recovery was turned on, since a cluster that was
    /// made anew, or restored, in the same home begins to number its WAL again.
    var log: LogDirectory

    /// The policy of a home; nil where point-in-time recovery is off.
    static func read(of home: MiyabiHome) throws(OperationsError) -> RecoveryPolicy? {
        guard Files.exists(home.recoveryFile) else { return nil }
        guard let text = Files.read(home.recoveryFile) else { throw .system("read", home.recoveryFile) }
        do {
            return try JSONDecoder().decode(RecoveryPolicy.self, from: Data(text.utf8))
        } catch {
            throw OperationsError(
                .recovery, "\(home.recoveryFile) is damaged: \(error)",
                advice: "Write a new one: miyabi recovery enable")
        }
    }

    func write(of home: MiyabiHome) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try Files.write(String(decoding: try encoder.encode(self), as: UTF8.self) + "\n", to: home.recoveryFile)
    }
}

extension DynamoDBAPI {
    /// How far back a table can be restored.
    func recovery(of table: String) async throws -> PointInTimeRecoveryDescription? {
        try await describeContinuousBackups(DescribeContinuousBackupsInput(tableName: table))
            .continuousBackupsDescription?.pointInTimeRecoveryDescription
    }

    /// Has a table keep its history for so many days, 1 to 35; nil ends it.
    func setRecovery(of table: String, days: Int?) async throws {
        _ = try await updateContinuousBackups(
            UpdateContinuousBackupsInput(
                tableName: table,
                pointInTimeRecoverySpecification: PointInTimeRecoverySpecification(
                    pointInTimeRecoveryEnabled: days != nil, recoveryPeriodInDays: days)))
    }
}
