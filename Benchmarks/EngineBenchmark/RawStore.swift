import CRocksDB
import Dispatch
import DynamoDB

/// The baseline: the RocksDB C API, called directly by threads that make the same keys and values of ready bytes, write
/// them in the same batches to the same families, and share syncs of the log the same way.
final class RawStore: @unchecked Sendable {
    private let handle: OpaquePointer
    private let families: [OpaquePointer]
    private let options: OpaquePointer
    private let writeOptions: OpaquePointer = rocksdb_writeoptions_create()

    struct Failure: Error { let message: String }

    init(directory: String) throws {
        options = rocksdb_options_create()
        rocksdb_options_set_create_if_missing(options, 1)
        rocksdb_options_set_create_missing_column_families(options, 1)
        rocksdb_options_set_write_buffer_size(options, 64 << 20)
        rocksdb_options_set_max_write_buffer_number(options, 4)
        rocksdb_options_set_max_background_jobs(options, 2)
        rocksdb_options_set_max_total_wal_size(options, 512 << 20)
        rocksdb_options_set_compression(options, Int32(rocksdb_lz4_compression))
        var handles: [OpaquePointer?] = [nil, nil, nil]
        var message: UnsafeMutablePointer<CChar>?
        let names: [StaticString] = ["default", "items", "indexes"]
        let namePointers = names.map { Optional(UnsafeRawPointer($0.utf8Start).assumingMemoryBound(to: CChar.self)) }
        let opened = rocksdb_open_column_families(
            options, directory, 3, namePointers, [options, options, options], &handles, &message)
        guard let opened else { throw Failure(message: message.map { String(cString: $0) } ?? "open failed") }
        handle = opened
        families = handles.compactMap { $0 }
    }

    func close() {
        for family in families { rocksdb_column_family_handle_destroy(family) }
        rocksdb_close(handle)
        rocksdb_options_destroy(options)
    }

    /// - Returns: the seconds that it took.
    func write(batches: Int, writers: Int) async -> Double {
        let clock = ContinuousClock()
        let start = clock.now
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
        let duration = clock.now - start
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private func write(_ batch: Int) {
        let unit: OpaquePointer = rocksdb_writebatch_create()
        defer { rocksdb_writebatch_destroy(unit) }
        for number in batch * Events.batchSize..<(batch + 1) * Events.batchSize {
            let key = "0000hash" + Events.partition(number) + Events.sort(number)
            let value = value(of: number)
            put(unit, key, value, families[1])
            put(unit, "0001" + Events.user(number) + Events.time(number) + key, value, families[2])
            put(unit, "0002" + Events.repository(number) + Events.time(number) + key, value, families[2])
        }
        var message: UnsafeMutablePointer<CChar>?
        rocksdb_write(handle, writeOptions, unit, &message)
        if let message { fatalError(String(cString: message)) }
    }

    /// About the bytes that the engine stores of an event: names and values of its attributes.
    private func value(of number: Int) -> [UInt8] {
        var value: [UInt8] = []
        value.reserveCapacity(512)
        for part in ["PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK", "event_type", "timestamp", "ttl", "processed"]
        {
            value.append(contentsOf: part.utf8)
        }
        for part in [Events.partition(number), Events.sort(number), Events.user(number), Events.time(number)] {
            value.append(contentsOf: part.utf8)
        }
        for part in [Events.repository(number), Events.time(number), "webhook", Events.payload] {
            value.append(contentsOf: part.utf8)
        }
        return value
    }

    private func put(_ unit: OpaquePointer, _ key: String, _ value: [UInt8], _ family: OpaquePointer) {
        var key = key
        key.withUTF8 { keyBytes in
            keyBytes.withMemoryRebound(to: CChar.self) { keyBytes in
                value.withUnsafeBytes { valueBytes in
                    rocksdb_writebatch_put_cf(
                        unit, family, keyBytes.baseAddress, keyBytes.count,
                        valueBytes.baseAddress?.assumingMemoryBound(to: CChar.self), valueBytes.count)
                }
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
        guard isFirst else { return }
        queue.async {
            self.gate.wait()
            let group = self.waiters
            self.waiters = []
            self.gate.signal()
            var message: UnsafeMutablePointer<CChar>?
            rocksdb_flush_wal(self.handle, 1, &message)
            if let message { fatalError(String(cString: message)) }
            for waiter in group { waiter.resume() }
        }
    }
}
