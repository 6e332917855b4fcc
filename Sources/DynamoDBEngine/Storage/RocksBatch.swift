import CRocksDB
import Synchronization

/// Changes that are written together or not at all. Belongs to one thread at a time.
final class RocksBatch {
    let handle: OpaquePointer
    private let database: RocksDatabase

    init(for database: RocksDatabase) {
        self.database = database
        handle = database.spareBatches.take()
    }

    deinit { database.spareBatches.giveBack(handle) }

    /// The number of changes.
    var count: Int { Int(rocksdb_writebatch_count(handle)) }

    /// The size of all changes, keys and values.
    var bytes: Int {
        var count = 0
        _ = rocksdb_writebatch_data(handle, &count)
        return count
    }

    func put(_ key: [UInt8], _ value: [UInt8], in family: ColumnFamily) {
        key.withCharacters { keyBytes, keyCount in
            value.withCharacters { valueBytes, valueCount in
                rocksdb_writebatch_put_cf(
                    handle, database.pointer(to: family), keyBytes, keyCount, valueBytes, valueCount)
            }
        }
    }

    func delete(_ key: [UInt8], in family: ColumnFamily) {
        key.withCharacters { bytes, count in
            rocksdb_writebatch_delete_cf(handle, database.pointer(to: family), bytes, count)
        }
    }

    /// Forgets all changes.
    func clear() {
        rocksdb_writebatch_clear(handle)
    }

    /// Deletes all keys of the range.
    func deleteRange(_ range: KeyRange, in family: ColumnFamily) {
        range.lower.withCharacters { lowerBytes, lowerCount in
            range.upper.withCharacters { upperBytes, upperCount in
                rocksdb_writebatch_delete_range_cf(
                    handle, database.pointer(to: family), lowerBytes, lowerCount, upperBytes, upperCount)
            }
        }
    }
}

/// Empty batches that have their memory already: a new one would grow by doubling, and copy its contents each time.
final class SpareBatches: Sendable {
    private struct Batch: @unchecked Sendable { let handle: OpaquePointer }

    // As many as commits run at once, and none that a big transaction has blown up.
    private static let limit = 16
    private static let largestKept = 1 << 20

    private let batches = Mutex<[Batch]>([])

    deinit {
        for batch in batches.withLock({ $0 }) { rocksdb_writebatch_destroy(batch.handle) }
    }

    fileprivate func take() -> OpaquePointer {
        batches.withLock { $0.popLast() }?.handle ?? rocksdb_writebatch_create()
    }

    fileprivate func giveBack(_ handle: OpaquePointer) {
        var bytes = 0
        _ = rocksdb_writebatch_data(handle, &bytes)
        let batch = Batch(handle: handle)
        let isKept =
            bytes <= SpareBatches.largestKept
            && batches.withLock { batches in
                guard batches.count < SpareBatches.limit else { return false }
                rocksdb_writebatch_clear(batch.handle)
                batches.append(batch)
                return true
            }
        if !isKept { rocksdb_writebatch_destroy(handle) }
    }
}

/// Calls a C function that reports failure through an error string, and turns the string into an error.
func rocksOptional<Result>(
    _ body: (inout UnsafeMutablePointer<CChar>?) -> Result?
) throws(StorageError) -> Result? {
    var message: UnsafeMutablePointer<CChar>?
    let result = body(&message)
    if let message {
        defer { rocksdb_free(message) }
        throw StorageError(message: String(cString: message))
    }
    return result
}

/// As ``rocksOptional(_:)``, for functions that return an object unless they fail.
func rocks<Result>(_ body: (inout UnsafeMutablePointer<CChar>?) -> Result?) throws(StorageError) -> Result {
    guard let result = try rocksOptional(body) else {
        throw StorageError(message: "Unknown: the call returned nothing and reported no error")
    }
    return result
}

/// As ``rocksOptional(_:)``, for functions that return nothing.
func rocksVoid(_ body: (inout UnsafeMutablePointer<CChar>?) -> Void) throws(StorageError) {
    _ = try rocksOptional { error -> Void? in body(&error) }
}

extension Array where Element == UInt8 {
    /// The bytes as the `const char *` and length that the C API takes.
    func withCharacters<Result>(_ body: (UnsafePointer<CChar>?, Int) -> Result) -> Result {
        withUnsafeBytes { body($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count) }
    }
}

/// Switches RocksDB's performance counters off for this thread, at the price of one store.
///
/// They count each comparison of two keys, through two look-ups of thread-local storage: 5 % of a write.
func stopCountingCalls() {
    rocksdb_set_perf_level(Int32(rocksdb_disable))
}
