/// Which statements a connection keeps prepared on the server: pure bookkeeping, no I/O.
///
/// A statement is prepared when it runs for the second time, so that one-off statements cost a single round trip and
/// push nothing out. When the cache is full, the statement used longest ago goes.
struct StatementCache {
    struct Key: Hashable {
        let sql: String
        let types: [UInt32]
    }

    enum Plan: Equatable {
        /// Run it unprepared.
        case once
        /// Prepare it under this name, report with `prepared` or `forget`, then run it.
        case prepare(String)
        /// It is prepared under this name.
        case run(String)
    }

    private struct Entry {
        var name: String?
        var lastUse: UInt64
    }

    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var clock: UInt64 = 0
    private var namesGiven = 0
    /// Names that the server still holds and nobody uses any more.
    private(set) var dropped: [String] = []

    init(capacity: Int) { self.capacity = capacity }

    /// What to do to run a statement now.
    mutating func plan(for key: Key) -> Plan {
        guard capacity > 0 else { return .once }
        clock += 1
        guard let index = entries.index(forKey: key) else {
            if entries.count >= capacity { evict() }
            entries[key] = Entry(name: nil, lastUse: clock)
            return .once
        }
        entries.values[index].lastUse = clock
        if let name = entries.values[index].name { return .run(name) }
        namesGiven += 1
        return .prepare("miyabi_\(namesGiven)")
    }

    /// The server has prepared the statement.
    mutating func prepared(_ key: Key, as name: String) {
        guard let index = entries.index(forKey: key) else {
            dropped.append(name)  // a pipeline as long as the cache has pushed it out meanwhile
            return
        }
        entries.values[index].name = name
    }

    /// The statement must be prepared anew before it can run again.
    /// - Parameter isGone: the server no longer has it, so that nothing needs to be deallocated.
    mutating func forget(_ key: Key, isGone: Bool = false) {
        if let name = entries.removeValue(forKey: key)?.name, !isGone { dropped.append(name) }
    }

    /// The server has dropped all statements by itself.
    mutating func forgetAll() {
        entries.removeAll()
        dropped.removeAll()
    }

    /// The names to deallocate now; they count as gone.
    mutating func takeDropped() -> [String] {
        defer { dropped.removeAll() }
        return dropped
    }

    private mutating func evict() {
        guard let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        forget(oldest.key)
    }
}
