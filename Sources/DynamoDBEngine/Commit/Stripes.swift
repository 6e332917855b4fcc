internal import Synchronization

/// Locks on items, one for each of many classes of keys.
///
/// A write holds the locks of all its keys from reading the old items until the new ones are visible, which makes
/// conditions and index maintenance atomic. Locks are taken in ascending order, so that writers never deadlock, and
/// never across a suspension.
final class Stripes: @unchecked Sendable {
    // So many that batches of 25 items rarely meet: 256 KB of four-byte locks.
    static let count = 1 << 16

    private let locks: UnsafeMutablePointer<Mutex<Void>>

    init() {
        locks = .allocate(capacity: Stripes.count)
        for index in 0..<Stripes.count { (locks + index).initialize(to: Mutex(())) }
    }

    deinit {
        locks.deinitialize(count: Stripes.count)
        locks.deallocate()
    }

    /// The stripe of an item's key.
    static func stripe(of key: [UInt8]) -> Int {
        Int(key.withUnsafeBytes { partitionHash(of: $0) }) & (count - 1)
    }

    /// Runs `body` while holding the locks.
    ///
    /// - Parameter stripes: in ascending order, without repetition.
    func withLocks<Result>(on stripes: ArraySlice<Int>, _ body: () throws -> Result) throws -> Result {
        guard let first = stripes.first else { return try body() }
        var result: Result?
        try locks[first].withLock { _ in
            result = try withLocks(on: stripes.dropFirst(), body)
        }
        guard let result else { preconditionFailure("The lock ran its body") }
        return result
    }

    /// Returns once every writer that held a lock at the call has let it go.
    ///
    /// Whoever retires a table calls this: later writers see under their locks that it is retired.
    func waitForWriters() {
        for index in 0..<Stripes.count { locks[index].withLock { _ in } }
    }
}
