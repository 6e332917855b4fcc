import Glibc
import Synchronization

/// The bytes of a file or of standard input, in pieces, decompressed when they are gzip.
struct ByteSource: ~Copyable {
    /// The file's name, or `<stdin>`.
    let name: String
    /// The file's size in bytes, as it lies on disk; nil for a pipe.
    let size: Int?
    /// Bytes taken from the file so far; compressed ones, when they are.
    private(set) var bytesRead = 0

    private let stop: ReadStop
    private let descriptor: CInt
    private let ownsDescriptor: Bool
    private var buffer = [UInt8](repeating: 0, count: 32 * 1024)
    private var inflater: GzipInflater?
    private var isAtStart = true
    private var isAtEnd = false

    /// Opens a file, or standard input for `-`.
    init(path: String, stop: ReadStop) throws(ImportError) {
        self.stop = stop
        ownsDescriptor = path != "-"
        name = ownsDescriptor ? path : "<stdin>"
        descriptor = ownsDescriptor ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw ImportError(.unreadable, "cannot open \(path): \(reason)")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            size = nil
            return
        }
        size = Int(status.st_size)
    }

    deinit {
        if ownsDescriptor { close(descriptor) }
    }

    /// The next bytes, at least one; nil at the end.
    mutating func next() throws(ImportError) -> [UInt8]? {
        while true {
            if let inflated = try inflater?.next() { return inflated }
            guard let piece = try read() else {
                try inflater?.finish()
                return nil
            }
            if isAtStart {
                isAtStart = false
                if piece.starts(with: GzipInflater.magic) { inflater = try GzipInflater(name: name) }
            }
            guard inflater != nil else { return piece }
            inflater?.feed(piece)
        }
    }

    /// What the file holds next. The first piece has at least two bytes, if there are: the magic number is not torn.
    private mutating func read() throws(ImportError) -> [UInt8]? {
        var filled = 0
        while !isAtEnd, filled < (isAtStart ? 2 : 1) {
            guard waitForInput() else { return nil }
            let count = buffer.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
            }
            if count < 0 {
                if errno == EINTR { continue }
                let reason = String(cString: strerror(errno))
                throw ImportError(.unreadable, "cannot read \(name): \(reason)")
            }
            isAtEnd = count == 0
            filled += count
        }
        bytesRead += filled
        return filled == 0 ? nil : Array(buffer[..<filled])
    }

    /// Waits until a read does not block; false when it is no longer wanted. A file is always ready.
    private func waitForInput() -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while !stop.isRequested {
            // An interrupted wait, too, only looks at the switch and goes on.
            if Glibc.poll(&poll, 1, 100) > 0 { return true }
        }
        return false
    }
}

/// Ends a read that waits for a pipe.
final class ReadStop: Sendable {
    private let requested = Atomic(false)

    /// Whether reads should end.
    var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Ends the read under way and every later one, as if the input were at its end.
    func request() {
        requested.store(true, ordering: .relaxed)
    }
}
