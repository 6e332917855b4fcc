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

    /// Longer lines are not kept: 16 MiB. The longest that GitHub sends is 25 MB; what it sends in practice is far less.
    public static let longestLine = 16 * 1024 * 1024

    /// The file's name, or `<stdin>`.
    public let name: String

    private let state: Mutex<LineSplitter>
    /// Reading a pipe blocks: it has a thread of its own, not one of the few that run all tasks.
    private let queue = DispatchQueue(label: "miyabi.import.read")

    /// Opens a file, or standard input for `-`.
    ///
    /// - Throws: ``ImportError`` with the code ``ImportError/Code/unreadable``.
    public init(path: String) throws(ImportError) {
        let source = try ByteSource(path: path)
        name = source.name
        state = Mutex(LineSplitter(source: source))
    }

    /// How far the reader has come.
    public var position: Position {
        state.withLock { Position(bytes: $0.source.bytesRead, size: $0.source.size) }
    }

    /// The next lines that are not blank; empty at the end. A pipe's lines come as soon as they are there, so that an
    /// import can follow a program that still runs.
    ///
    /// - Parameters:
    ///   - count: How many at most.
    ///   - bytes: Stops after the line with which this many bytes are reached.
    /// - Throws: ``ImportError`` when the file cannot be read or decompressed.
    public func lines(atMost count: Int, bytes: Int = .max) async throws -> [Line] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(
                    with: Result {
                        var lines: [Line] = []
                        var size = 0
                        while lines.count < count, size < bytes, lines.isEmpty || !self.wouldBlock,
                            let line = try self.next()
                        {
                            size += line.bytes?.count ?? 0
                            lines.append(line)
                        }
                        return lines
                    })
            }
        }
    }

    private var wouldBlock: Bool {
        state.withLock { $0.source.size == nil && $0.isDrained }
    }

    /// The next line that is not blank; nil at the end. Blocks while a pipe has nothing.
    func next() throws(ImportError) -> Line? {
        let line: Result<Line?, ImportError> = state.withLock { state in
            Result { () throws(ImportError) in try state.next() }
        }
        return try line.get()
    }
}
