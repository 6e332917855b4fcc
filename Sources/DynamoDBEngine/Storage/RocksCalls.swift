internal import CRocksDB

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
