import Glibc
public import MiyabiHome
public import MiyabiSystem

/// How fine samples are kept, and for how long.
public struct StoreTier: Sendable {
    let name: String
    /// Seconds that one file holds at most.
    let fileSpan: Int64
    /// Seconds after which a file is removed.
    let kept: Int64
    /// Bytes of all files together; the oldest go first.
    let maximumBytes: Int

    /// As they were taken, every 15 seconds, for a day.
    public static let fine = StoreTier(name: "fine", fileSpan: 3600, kept: 86_400, maximumBytes: 64 << 20)
    /// By minutes, for a month.
    public static let coarse = StoreTier(name: "coarse", fileSpan: 86_400, kept: 31 * 86_400, maximumBytes: 128 << 20)

    /// Bytes at which another file is begun.
    var fileBytes: Int { maximumBytes / 16 }
}

/// The files of one tier: samples are appended to the last, and the first are removed.
///
/// One process writes; any other may read meanwhile.
public final class MetricStore {
    private struct Open {
        let descriptor: Int32
        let path: String
        let start: Int64
        var length: Int
        var codec: SegmentCodec
    }

    private let directory: String
    private let tier: StoreTier
    private var open: Open?

    /// Opens the directory, made if it is missing, and cuts off what a crash has left half-written.
    ///
    /// - Throws: `system` when the files cannot be read or written.
    public init(_ directory: String, _ tier: StoreTier) throws(OperationsError) {
        (self.directory, self.tier) = (directory, tier)
        try Files.makeDirectory(directory)
        if let last = Self.files(directory, tier).last {
            let path = "\(directory)/\(last.name)"
            var codec = SegmentCodec()
            let length = codec.decode(try Self.bytes(path)).length
            if length > 0 {
                open = try Self.open(path, last.start, length: length, codec)
            } else {
                try Files.remove(path)
            }
        }
    }

    deinit {
        if let open { close(open.descriptor) }
    }

    /// Appends a sample.
    ///
    /// - Throws: `system`, as on a full disk: the sample is then missing, and later ones can be appended.
    public func append(_ sample: Sample) throws(OperationsError) {
        if let open, sample.time - open.start >= tier.fileSpan * 1000 || open.length >= tier.fileBytes {
            fsync(open.descriptor)
            close(open.descriptor)
            self.open = nil
        }
        if open == nil {
            prune(now: sample.time)
            let path = "\(directory)/\(tier.name)-\(sample.time).metrics"
            open = try Self.open(path, sample.time, length: 0, SegmentCodec())
        }
        guard var file = open else { return }
        var bytes = file.length == 0 ? SegmentCodec.magic : []
        bytes += file.codec.encode(sample)
        do throws(OperationsError) {
            try Files.writeAll(bytes, to: file.descriptor, path: file.path)
            file.length += bytes.count
            open = file
        } catch {
            // The codec of before, since the file is that of before.
            ftruncate(file.descriptor, off_t(file.length))
            throw error
        }
    }

    /// Removes what is too old or too much.
    private func prune(now: Int64) {
        var files = Self.files(directory, tier)
        var total = files.reduce(0) { $0 + (Files.status("\(directory)/\($1.name)")?.size ?? 0) }
        while let first = files.first {
            // What is written last into a file is younger than its name.
            let isOld = now - first.start > (tier.kept + tier.fileSpan) * 1000
            guard isOld || total > tier.maximumBytes else { return }
            let path = "\(directory)/\(first.name)"
            total -= Files.status(path)?.size ?? 0
            try? Files.remove(path)
            files.removeFirst()
        }
    }

    /// The samples of a tier from a moment on, oldest first. What is damaged ends its own file only.
    ///
    /// - Parameter start: milliseconds since 1970.
    public static func read(
        _ directory: String, _ tier: StoreTier, since start: Int64
    ) throws(OperationsError) -> [Sample] {
        var samples: [Sample] = []
        let files = files(directory, tier)
        for (position, file) in files.enumerated() {
            // A file ends where the next one begins.
            if position + 1 < files.count, files[position + 1].start < start { continue }
            // One that is pruned meanwhile is too old anyway.
            guard Files.exists("\(directory)/\(file.name)") else { continue }
            var codec = SegmentCodec()
            samples += codec.decode(try bytes("\(directory)/\(file.name)")).samples.filter { $0.time >= start }
        }
        return samples
    }

    private static func files(_ directory: String, _ tier: StoreTier) -> [(name: String, start: Int64)] {
        Files.entries(directory).compactMap { name in
            guard name.hasPrefix(tier.name + "-"), name.hasSuffix(".metrics"),
                let start = Int64(name.dropFirst(tier.name.count + 1).dropLast(8))
            else { return nil }
            return (name, start)
        }.sorted { $0.start < $1.start }
    }

    private static func open(
        _ path: String, _ start: Int64, length: Int, _ codec: SegmentCodec
    ) throws(OperationsError) -> Open {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("write", path) }
        guard ftruncate(descriptor, off_t(length)) == 0 else {
            let error = OperationsError.system("cut", path)
            close(descriptor)
            throw error
        }
        return Open(descriptor: descriptor, path: path, start: start, length: length, codec: codec)
    }

    private static func bytes(_ path: String) throws(OperationsError) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("read", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .system("read", path)
            }
            if count == 0 { return bytes }
            bytes += block.prefix(count)
        }
    }
}

/// Keeps samples in both tiers.
public final class MetricHistory {
    private let fine: MetricStore
    private let coarse: MetricStore
    /// The samples of the minute that is not over.
    private var minute: Sample?

    /// Opens both tiers of a directory. Minutes that the last run could not write are made of its samples.
    public init(_ directory: String) throws(OperationsError) {
        fine = try MetricStore(directory, .fine)
        coarse = try MetricStore(directory, .coarse)
        let samples = try MetricStore.read(directory, .fine, since: 0)
        let end =
            try MetricStore.read(directory, .coarse, since: (samples.last?.time ?? 0) - 86_400_000).last?.time ?? 0
        for sample in samples where sample.time > end { try roll(sample) }
    }

    /// Keeps a sample.
    public func append(_ sample: Sample) throws(OperationsError) {
        try fine.append(sample)
        try roll(sample)
    }

    private func roll(_ sample: Sample) throws(OperationsError) {
        guard let begun = minute else { return minute = sample }
        if begun.time / 60_000 == sample.time / 60_000 {
            minute?.append(sample)
        } else {
            minute = sample
            try coarse.append(begun)
        }
    }

    /// Where a home keeps them.
    public static func directory(of home: MiyabiHome) -> String { home.path + "/metrics" }
}
