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

/// The WAL that was received from a home's PostgreSQL: `pg_receivewal` writes it, a restore reads it.
struct LogDirectory: Codable, Equatable, Sendable {
    /// Where it is, by one of the names that its place may have; its own name is the only one of its kind.
    let path: String

    private var name: Substring? { path.split(separator: "/").last }

    static func == (left: LogDirectory, right: LogDirectory) -> Bool { left.name == right.name }

    /// The one that exists, or will, for a home whose recovery is turned on at a time.
    init(of home: MiyabiHome, in backups: BackupDirectory, since time: Date) {
        path = "\(backups.path)/\(Self.prefix(of: home))\(BackupDirectory.name(at: time))"
    }

    private init(path: String) { self.path = path }

    /// All of a home's, from each time that its recovery was turned on.
    static func all(of home: MiyabiHome, in backups: BackupDirectory) throws(OperationsError) -> [LogDirectory] {
        try Files.list(backups.path).filter { $0.hasPrefix(prefix(of: home)) }
            .map { LogDirectory(path: "\(backups.path)/\($0)") }
    }

    private static func prefix(of home: MiyabiHome) -> String { "wal-\(home.shortHash)-" }

    func isIn(_ backups: BackupDirectory) -> Bool {
        guard let place = Files.resolve(path) else { return path.hasPrefix(backups.path + "/") }
        return Files.resolve(backups.path).map { place.hasPrefix($0 + "/") } ?? false
    }

    /// The names of all whole segments, in their order.
    func names() throws(OperationsError) -> [String] {
        try Files.list(path).filter { LogSegment($0) != nil }
    }

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
            if let segment = LogSegment(name), segment < first { try Files.remove(file(name)) }
        }
    }
}
