import FoundationEssentials
import Glibc
public import MiyabiDatabase
public import MiyabiHome
public import MiyabiSystem

/// An entry of a home's logs.
public struct HomeLogEntry: Sendable, Hashable, Encodable {
    /// Who wrote it.
    public enum Source: String, Sendable, CaseIterable, Encodable {
        /// The supervisor.
        case miyabi
        /// The embedded PostgreSQL.
        case postgres
        /// The embedded DynamoDB.
        case dynamodb
    }

    /// When it was written.
    public var time: Timestamp
    /// Who wrote it.
    public var source: Source
    /// Its text, which may have several lines.
    public var message: String

    /// Writes `time` (ISO 8601), `source` and `message`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(time.description, forKey: .time)
        try container.encode(source, forKey: .source)
        try container.encode(message, forKey: .message)
    }

    private enum CodingKeys: CodingKey { case time, source, message }
}

/// The logs of a home's supervisor and of both its halves, merged by time.
///
/// The files are read from their ends, as far as is asked for and no further than ``mostBytes`` each.
public struct HomeLogs: Sendable {
    /// Which entries are wanted.
    public struct Filter: Sendable {
        /// Whose.
        public var sources = Set(HomeLogEntry.Source.allCases)
        /// From which moment on; nil for all.
        public var since: Timestamp?

        /// All entries.
        public init() {}

        fileprivate func allows(_ entry: HomeLogEntry) -> Bool {
            sources.contains(entry.source) && since.map { entry.time >= $0 } != false
        }
    }

    /// How far from its end a file is read: 32 MiB.
    public static let mostBytes = 32 << 20
    /// What is read of a file that grows at once.
    private static let piece = 1 << 20

    private let home: MiyabiHome
    private let filter: Filter
    /// What was read of each file, by its inode: a file that is renamed is still the same.
    private var positions: [UInt64: LogPosition] = [:]

    /// The logs of a home; nothing is read yet.
    ///
    /// - Throws: `unusableHome` where there is no home.
    public init(_ home: MiyabiHome, filter: Filter = Filter()) throws(OperationsError) {
        guard home.exists else {
            throw OperationsError(
                .unusableHome, "there is no Miyabi home in \(home)", advice: "Name one with --home or MIYABI_HOME.")
        }
        (self.home, self.filter) = (home, filter)
    }

    /// The newest entries, oldest first, and whether there are older ones.
    ///
    /// - Throws: `system` for a file that cannot be read.
    public mutating func newest(_ count: Int) throws(OperationsError) -> (entries: [HomeLogEntry], hasMore: Bool) {
        var all: [HomeLogEntry] = []
        var hasMore = false
        for file in files {
            let (entries, isCut) = try end(of: file, atLeast: count)
            all += entries
            hasMore = hasMore || isCut
        }
        let merged = all.inOrder
        return (Array(merged.suffix(count)), hasMore || merged.count > count)
    }

    /// The entries that were written since the last call, oldest first.
    ///
    /// - Throws: `system` for a file that cannot be read.
    public mutating func next() throws(OperationsError) -> [HomeLogEntry] {
        var new: [HomeLogEntry] = []
        for file in files {
            let reader = try LogFileReader(file.path)
            var position = positions[reader.inode] ?? LogPosition()
            // PostgreSQL begins last week's file anew.
            if reader.size < position.offset { position = LogPosition() }
            let bytes = try reader.read(from: position.offset, count: HomeLogs.piece)
            // The rest of a line comes later, but for a line without end.
            let whole = bytes.count == HomeLogs.piece ? bytes[...] : bytes.prefix((bytes.lastIndex(of: 10) ?? -1) + 1)
            if !whole.isEmpty {
                let entries = LogParser.entries(whole, of: file.source, after: position.last)
                position.offset += whole.count
                position.last = entries.last ?? position.last
                new += entries.filter(filter.allows)
            }
            positions[reader.inode] = position
        }
        return new.inOrder
    }

    private var files: [(path: String, source: HomeLogEntry.Source)] {
        let cluster = home.postgresDirectory + "/log"
        var files: [(path: String, source: HomeLogEntry.Source)] = [
            (home.supervisorLog + ".1", .miyabi), (home.supervisorLog, .miyabi),
        ]
        files += Files.entries(cluster).filter { $0.hasSuffix(".log") }.map { ("\(cluster)/\($0)", .postgres) }
        // The supervisor's file has the lines of the DynamoDB half, which is in its process.
        return files.filter { file in
            Files.exists(file.path)
                && (filter.sources.contains(file.source)
                    || file.source == .miyabi && filter.sources.contains(.dynamodb))
        }
    }

    /// Reads twice as much again and again, until it is enough.
    private mutating func end(
        of file: (path: String, source: HomeLogEntry.Source), atLeast count: Int
    ) throws(OperationsError) -> (entries: [HomeLogEntry], isCut: Bool) {
        let reader = try LogFileReader(file.path)
        var length = 64 << 10
        while true {
            let start = max(0, reader.size - length)
            var bytes = try reader.read(from: start, count: reader.size - start)[...]
            let end = start + (bytes.lastIndex(of: 10).map { $0 + 1 } ?? 0)
            bytes = bytes.prefix(end - start)
            if start > 0 { bytes = bytes.dropFirst((bytes.firstIndex(of: 10) ?? -1) + 1) }
            let entries = LogParser.entries(bytes, of: file.source)
            let wanted = entries.filter(filter.allows)
            let isOldEnough = filter.since.map { (entries.first?.time ?? $0) < $0 } == true
            if start == 0 || isOldEnough || wanted.count > count || length >= HomeLogs.mostBytes {
                positions[reader.inode] = LogPosition(offset: end, last: entries.last)
                return (wanted, start > 0 && !isOldEnough)
            }
            length *= 2
        }
    }
}

/// How far a file was read.
private struct LogPosition {
    var offset = 0
    /// The entry that a line without a time belongs to.
    var last: HomeLogEntry?
}

extension [HomeLogEntry] {
    /// By time; what one source wrote stays in its order.
    fileprivate var inOrder: [HomeLogEntry] {
        enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }
}

/// An open log file.
private final class LogFileReader {
    private let descriptor: Int32
    private let path: String
    let inode: UInt64
    let size: Int

    init(_ path: String) throws(OperationsError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0, let status = Files.status("/proc/self/fd/\(descriptor)", followingLinks: true) else {
            throw .system("read", path)
        }
        (inode, size) = (status.inode, status.size)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func read(from offset: Int, count: Int) throws(OperationsError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, min(count, size - offset)))
        var filled = 0
        while filled < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                retryingInterrupted {
                    pread(descriptor, buffer.baseAddress! + filled, buffer.count - filled, off_t(offset + filled))
                }
            }
            guard got >= 0 else { throw .system("read", path) }
            if got == 0 { break }
            filled += got
        }
        return Array(bytes.prefix(filled))
    }
}

/// Lines of log files as entries.
enum LogParser {
    /// The entries of some whole lines. A line that does not begin with a time belongs to the entry before it.
    ///
    /// - Parameter earlier: The entry before the first line, if there is one.
    static func entries(
        _ bytes: ArraySlice<UInt8>, of source: HomeLogEntry.Source, after earlier: HomeLogEntry? = nil
    ) -> [HomeLogEntry] {
        var entries: [HomeLogEntry] = []
        for line in bytes.split(separator: 10) {
            let text = String(decoding: line, as: UTF8.self)
            if let entry = entry(text, of: source) {
                entries.append(entry)
            } else if let last = entries.indices.last {
                entries[last].message += "\n" + text
            } else if var entry = earlier {
                entry.message = text
                entries.append(entry)
            }
        }
        return entries
    }

    /// `2026-11-30T06:45:00.000Z miyabi: …`, or PostgreSQL's `2026-11-30 06:45:00.000 UTC [1] …`.
    private static func entry(_ line: String, of source: HomeLogEntry.Source) -> HomeLogEntry? {
        if source == .postgres {
            guard let end = line.firstRange(of: " UTC "), let time = Timestamp(iso8601: line[..<end.lowerBound] + "Z")
            else { return nil }
            return HomeLogEntry(time: time, source: source, message: String(line[end.upperBound...]))
        }
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, let time = Timestamp(iso8601: words[0]) else { return nil }
        if let writer = HomeLogEntry.Source(rawValue: String(words[1].dropLast())), words[1].hasSuffix(":") {
            return HomeLogEntry(time: time, source: writer, message: String(words[2]))
        }
        return HomeLogEntry(time: time, source: source, message: "\(words[1]) \(words[2])")
    }
}
