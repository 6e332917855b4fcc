import CRocksDB
import Dispatch
import DynamoDB

/// The baseline: the RocksDB C API with RocksDB's own defaults where they serve, called directly by threads that make the
/// same keys and values of ready bytes, write them in the same batches to the same families, and share syncs of the log
/// the same way. It reads nothing before it writes, decides nothing and takes no locks.
final class RawStore: @unchecked Sendable {
    private let handle: OpaquePointer
    private let families: [OpaquePointer]
    private let options: OpaquePointer
    private let writeOptions: OpaquePointer = rocksdb_writeoptions_create()

    struct Failure: Error { let message: String }

    private let shape: WriteShape

    init(directory: String, _ shape: WriteShape) throws {
        self.shape = shape
        options = rocksdb_options_create()
        rocksdb_options_set_create_if_missing(options, 1)
        rocksdb_options_set_create_missing_column_families(options, 1)
        rocksdb_options_set_write_buffer_size(options, 64 << 20)
        rocksdb_options_set_max_write_buffer_number(options, 4)
        rocksdb_options_set_max_background_jobs(options, 2)
        rocksdb_options_set_max_total_wal_size(options, 512 << 20)
        rocksdb_options_set_compression(options, Int32(rocksdb_lz4_compression))
        let names: [StaticString] = ["default", "items", "indexes", "streams", "expiry"]
        var handles = [OpaquePointer?](repeating: nil, count: names.count)
        var message: UnsafeMutablePointer<CChar>?
        let namePointers = names.map {
            Optional(UnsafeRawPointer($0.utf8Start).assumingMemoryBound(to: CChar.self))
        }
        let opened = rocksdb_open_column_families(
            options, directory, Int32(names.count), namePointers, Array(repeating: options, count: names.count),
            &handles, &message)
        guard let opened else {
            throw Failure(message: message.map { String(cString: $0) } ?? "open failed")
        }
        handle = opened
        families = handles.compactMap { $0 }
    }

    func close() {
        for family in families { rocksdb_column_family_handle_destroy(family) }
        rocksdb_close(handle)
        rocksdb_options_destroy(options)
    }

    func write(batches: Int, writers: Int) async {
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    for batch in stride(from: writer, to: batches, by: writers) {
                        self.write(batch)
                        await self.sync()
                    }
                }
            }
        }
    }

    private func write(_ batch: Int) {
        let unit: OpaquePointer = rocksdb_writebatch_create()
        defer { rocksdb_writebatch_destroy(unit) }
        for number in batch * shape.batchSize..<(batch + 1) * shape.batchSize {
            let (partition, sort, time) = (
                Events.partition(number), Events.sort(number), Events.time(number)
            )
            let value = value(of: number)
            put(unit, key(1, partition, sort), value, families[1])
            put(unit, key(2, Events.user(number), time, partition, sort), value, families[2])
            put(unit, key(3, Events.repository(number), time, partition, sort), value, families[2])
            if shape.hasStream { put(unit, streamKey(batch, number), value, families[3]) }
            if shape.hasExpiry { put(unit, expiryKey(partition, sort), [], families[4]) }
        }
        var message: UnsafeMutablePointer<CChar>?
        rocksdb_write(handle, writeOptions, unit, &message)
        if let message { fatalError(String(cString: message)) }
    }

    /// About the bytes that the engine stores of an event: names and values of its attributes.
    private func value(of number: Int) -> [UInt8] {
        var value: [UInt8] = []
        value.reserveCapacity(512)
        for part in [
            "PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK", "event_type", "timestamp", "ttl",
            "processed",
        ] {
            value.append(contentsOf: part.utf8)
        }
        for part in [
            Events.partition(number), Events.sort(number), Events.user(number), Events.time(number),
        ] {
            value.append(contentsOf: part.utf8)
        }
        for part in [Events.repository(number), Events.time(number), "webhook", Events.payload] {
            value.append(contentsOf: part.utf8)
        }
        return value
    }

    /// An identifier, a hash of the partition, the partition and the rest: laid out like the engine's keys.
    private func key(_ id: UInt32, _ partition: String, _ rest: String...) -> [UInt8] {
        var hash: UInt32 = 0
        for byte in partition.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        var key: [UInt8] = []
        key.reserveCapacity(128)
        for word in [id, hash] { withUnsafeBytes(of: word.bigEndian) { key.append(contentsOf: $0) } }
        for part in [partition] + rest {
            key.append(contentsOf: part.utf8)
            key.append(contentsOf: [0, 0])
        }
        return key
    }

    /// Table, shard, and a number that ascends within the shard.
    private func streamKey(_ batch: Int, _ number: Int) -> [UInt8] {
        var key: [UInt8] = [0, 0, 0, 1, UInt8(number & 3)]
        withUnsafeBytes(of: UInt64(batch).bigEndian) { key.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt16(truncatingIfNeeded: number).bigEndian) { key.append(contentsOf: $0) }
        return key
    }

    /// Table, second, hash, partition and sort key.
    private func expiryKey(_ partition: String, _ sort: String) -> [UInt8] {
        var key: [UInt8] = [0, 0, 0, 1]
        withUnsafeBytes(of: UInt64(Events.expiry).bigEndian) { key.append(contentsOf: $0) }
        return key + self.key(1, partition, sort).dropFirst(4)
    }

    private func put(_ unit: OpaquePointer, _ key: [UInt8], _ value: [UInt8], _ family: OpaquePointer) {
        key.withUnsafeBytes { keyBytes in
            value.withUnsafeBytes { valueBytes in
                rocksdb_writebatch_put_cf(
                    unit, family, keyBytes.baseAddress?.assumingMemoryBound(to: CChar.self), keyBytes.count,
                    valueBytes.baseAddress?.assumingMemoryBound(to: CChar.self), valueBytes.count)
            }
        }
    }

    // MARK: Group commit

    private let queue = DispatchQueue(label: "sync")
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private let gate = DispatchSemaphore(value: 1)

    private func sync() async {
        await withCheckedContinuation { continuation in
            enqueue(continuation)
        }
    }

    private func enqueue(_ continuation: CheckedContinuation<Void, Never>) {
        gate.wait()
        waiters.append(continuation)
        let isFirst = waiters.count == 1
        gate.signal()
        // The tasks that can run now have their turn first, as in the engine.
        if isFirst { Task.detached { self.queue.async { self.syncGroup() } } }
    }

    private func syncGroup() {
        gate.wait()
        let group = waiters
        waiters = []
        gate.signal()
        var message: UnsafeMutablePointer<CChar>?
        rocksdb_flush_wal(handle, 1, &message)
        if let message { fatalError(String(cString: message)) }
        for waiter in group { waiter.resume() }
    }
}
