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
