internal import Glibc

/// Writes a sealed file from front to back. Belongs to one thread at a time.
public final class SealedFileWriter {
    /// The file's path.
    public let path: String
    private let descriptor: Int32
    private var sealer: ChunkSealer
    private var pending: [UInt8] = []

    /// Creates the file, for its owner's eyes only.
    public init(creating path: String, _ key: MasterKey, context: String) throws(SealedError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system(call: "create", path) }
        self.path = path
        sealer = ChunkSealer(key, context: context)
        try write(sealer.header)
    }

    deinit { close(descriptor) }

    private func write(_ bytes: [UInt8]) throws(SealedError) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(call: "write", path) }
            offset += count
        }
    }

    /// Appends bytes.
    public func append(_ bytes: some Collection<UInt8>) throws(SealedError) {
        pending += bytes
        // One stays: the last chunk is another than those before.
        var done = 0
        while pending.count - done > SealedChunks.chunkLength {
            try write(try sealer.seal(pending[done..<(done + SealedChunks.chunkLength)], isLast: false))
            done += SealedChunks.chunkLength
        }
        pending.removeFirst(done)
    }

    /// Ends the file; it is on disk then, though not yet its name.
    public func finish() throws(SealedError) {
        try write(try sealer.seal(pending, isLast: true))
        pending = []
        guard fsync(descriptor) == 0 else { throw .system(call: "store on disk", path) }
    }
}

/// Reads a sealed file anywhere. Belongs to one thread at a time.
public final class SealedFileReader {
    /// The file's path.
    public let path: String
    /// Bytes of data.
    public let count: Int
    private let descriptor: Int32
    private let opener: ChunkOpener
    private let chunks: Int
    private var cached: (index: Int, bytes: [UInt8])?

    /// Whether a file begins as a sealed one does; false where it cannot be read.
    public static func isSealed(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var head = [UInt8](repeating: 0, count: SealedChunks.magic.count)
        return pread(descriptor, &head, head.count, 0) == head.count && SealedChunks.isHeader(head)
    }

    /// Opens the file; its end is looked at now, so that one that is cut off is never begun.
    public init(_ path: String, _ keys: MasterKeys, context: String) throws(SealedError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(call: "open", path) }
        do throws(SealedError) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw .system(call: "read", path) }
            let length = Int(status.st_size)
            guard let chunks = SealedChunks.count(ofSealed: length) else { throw .damaged("it is cut off") }
            let header = try Self.read(descriptor, path, at: 0, count: SealedChunks.headerLength)
            opener = try ChunkOpener(keys, header: header, context: context)
            self.chunks = chunks
            count = length - SealedChunks.headerLength - chunks * SealedChunks.tagLength
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
        _ = try chunk(chunks - 1)
    }

    deinit { close(descriptor) }

    private static func read(
        _ descriptor: Int32, _ path: String, at offset: Int, count: Int
    ) throws(SealedError) -> [UInt8] {
        do throws(ExactReadFault) {
            return try exactBytes(of: descriptor, at: offset, count: count)
        } catch {
            switch error {
            case .system(let number):
                errno = number
                throw .system(call: "read", path)
            case .cutOff: throw .damaged("it is cut off")
            }
        }
    }

    private func chunk(_ index: Int) throws(SealedError) -> [UInt8] {
        if let cached, cached.index == index { return cached.bytes }
        let isLast = index == chunks - 1
        let start = SealedChunks.headerLength + index * SealedChunks.sealedChunkLength
        let data = isLast ? count - index * SealedChunks.chunkLength : SealedChunks.chunkLength
        let sealed = try Self.read(descriptor, path, at: start, count: data + SealedChunks.tagLength)
        let bytes = try opener.open(sealed, index: index, isLast: isLast)
        cached = (index, bytes)
        return bytes
    }

    /// Exactly `length` bytes.
    public func bytes(at offset: Int, count length: Int) throws(SealedError) -> [UInt8] {
        guard offset >= 0, length >= 0, offset <= count, length <= count - offset else {
            throw .damaged("it is cut off")
        }
        var result: [UInt8] = []
        result.reserveCapacity(length)
        while result.count < length {
            let (index, start) = (offset + result.count).quotientAndRemainder(dividingBy: SealedChunks.chunkLength)
            result += try chunk(index)[start...].prefix(length - result.count)
        }
        return result
    }

    /// All bytes from front to back, in parts.
    public func forEach(_ body: ([UInt8]) throws -> Void) throws {
        for index in 0..<chunks { try body(try chunk(index)) }
    }
}

extension SealedError {
    /// What the last system call of this thread reported.
    static func system(call: String, _ path: String) -> SealedError {
        let number = errno
        return .system("cannot \(call) \(path): \(String(cString: strerror(number)))", errno: number)
    }
}
