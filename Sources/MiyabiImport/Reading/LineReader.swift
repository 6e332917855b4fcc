import Dispatch
import Synchronization

/// Reads a text line by line, from a file, a gzip file or standard input, in constant memory.
///
/// Gzip is told by its first bytes, not by the name, so that a pipe may carry it.
public final class LineReader: Sendable {
    /// A line without its end.
    public struct Line: Sendable, Hashable {
        /// From 1.
        public let number: Int
        /// The line's bytes; nil when there were more than ``LineReader/longestLine``, which nothing keeps.
        public let bytes: [UInt8]?
    }

    /// How far a reader has come.
    public struct Position: Sendable, Hashable {
        /// Bytes taken from the file; compressed ones, if it is.
        public let bytes: Int
        /// The file's size; nil for a pipe.
        public let size: Int?
    }

    /// Longer lines are not kept: 16 MiB. An item holds 400 KB, so this leaves room for any way of writing one.
    public static let longestLine = 16 * 1024 * 1024

    /// The file's name, or `<stdin>`.
    public let name: String

    private let size: Int?
    private let bytesRead = Atomic(0)
    private let splitter: Mutex<LineSplitter>
    private let stop = ReadStop()
    /// Reading a pipe blocks: it has a thread of its own, not one of the few that run all tasks.
    private let queue = DispatchQueue(label: "miyabi.import.read")

    /// Opens a file, or standard input for `-`.
    ///
    /// - Throws: ``ImportError`` with the code ``ImportError/Code/unreadable``.
    public init(path: String) throws(ImportError) {
        let source = try ByteSource(path: path, stop: stop)
        name = source.name
        size = source.size
        splitter = Mutex(LineSplitter(source: source))
    }

    /// How far the reader has come, as of the last line handed out.
    public var position: Position {
        Position(bytes: bytesRead.load(ordering: .relaxed), size: size)
    }

    /// The next lines that are not blank; empty at the end. A pipe's lines come as soon as they are there, so that an
    /// import can follow a program that still runs.
    ///
    /// - Parameters:
    ///   - count: How many at most.
    ///   - bytes: Stops after the line with which this many bytes are reached.
    /// - Throws: ``ImportError`` when the file cannot be read or decompressed; `CancellationError`, and from then on the
    ///   reader is at its end.
    public func lines(atMost count: Int, bytes: Int = .max) async throws -> [Line] {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { [self] in
                    continuation.resume(returning: Result { try self.batch(atMost: count, bytes: bytes) })
                }
            }
        } onCancel: {
            stop.request()
        }
        try Task.checkCancellation()
        return try result.get()
    }

    private func batch(atMost count: Int, bytes: Int) throws(ImportError) -> [Line] {
        let result: Result<[Line], ImportError> = splitter.withLock { splitter in
            Result { () throws(ImportError) in
                var lines: [Line] = []
                var taken = 0
                while lines.count < count, taken < bytes, lines.isEmpty || size != nil || !splitter.isDrained,
                    let line = try splitter.next()
                {
                    taken += line.bytes?.count ?? 0
                    lines.append(line)
                }
                bytesRead.store(splitter.source.bytesRead, ordering: .relaxed)
                return lines
            }
        }
        return try result.get()
    }
}

/// Cuts bytes into lines.
struct LineSplitter: ~Copyable {
    private(set) var source: ByteSource
    private var piece: ArraySlice<UInt8> = []
    private var number = 0

    init(source: consuming ByteSource) {
        self.source = source
    }

    /// Whether the next line needs a read.
    var isDrained: Bool { piece.isEmpty }

    /// The next line that is not blank; nil at the end.
    mutating func next() throws(ImportError) -> LineReader.Line? {
        while let line = try nextOfAny() {
            let isBlank = line.bytes?.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } ?? false
            if !isBlank { return line }
        }
        return nil
    }

    private mutating func nextOfAny() throws(ImportError) -> LineReader.Line? {
        var bytes: [UInt8] = []
        var isTooLong = false
        var isThere = false
        repeat {
            isThere = isThere || !piece.isEmpty
            let end = piece.firstIndex(of: 0x0A)
            let part = piece[..<(end ?? piece.endIndex)]
            if bytes.count + part.count > LineReader.longestLine {
                isTooLong = true
                bytes = []
            } else if !isTooLong {
                bytes.append(contentsOf: part)
            }
            if let end {
                piece = piece[(end + 1)...]
                break
            }
            piece = []
            guard let next = try source.next() else { break }
            piece = next[...]
        } while true
        guard isThere else { return nil }
        number += 1
        return LineReader.Line(number: number, bytes: isTooLong ? nil : bytes)
    }
}

/// Why an import could not go on.
public struct ImportError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The file cannot be opened or read.
        public static let unreadable = Code(description: "unreadable")
        /// The file is gzip and damaged, or ends too early.
        public static let damagedGzip = Code(description: "damagedGzip")
        /// A line is no record, and the import is strict.
        public static let badLine = Code(description: "badLine")
        /// The importing user is not a row of web_users, or several are.
        public static let unknownUser = Code(description: "unknownUser")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words.
    public let message: String

    /// An error in words.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// A line that is no record: where it is and why.
public struct BadLine: Sendable, Hashable, CustomStringConvertible {
    /// The file's name, or `<stdin>`.
    public let file: String
    /// The line's number, from 1.
    public let number: Int
    /// What is wrong with it.
    public let reason: String

    /// `file:number: reason`, as compilers and editors have it.
    public var description: String { "\(file):\(number): \(reason)" }
}
