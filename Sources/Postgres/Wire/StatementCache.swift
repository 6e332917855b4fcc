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
        /// It is being prepared, or has been.
        var isWanted = false
        var lastUse: UInt64
    }

    private let capacity: Int
    /// What its names begin with: behind a pooler connections share servers, so no two may give the same name.
    private let prefix: String
    private var losses = 0
    private var entries: [Key: Entry] = [:]
    private var clock: UInt64 = 0
    private var namesGiven = 0
    /// Names that the server still holds and nobody uses any more.
    private(set) var dropped: [String] = []

    init(capacity: Int, prefix: String = Self.randomPrefix()) {
        self.capacity = capacity
        self.prefix = prefix
    }

    private static func randomPrefix() -> String { "miyabi_\(String(UInt64.random(in: .min ... .max), radix: 36))" }

    /// Statements get lost on the way: nothing is prepared any more.
    var isGivenUp: Bool { losses > 1 }

    /// What to do to run a statement now.
    mutating func plan(for key: Key) -> Plan {
        guard capacity > 0, !isGivenUp else { return .once }
        clock += 1
        guard let index = entries.index(forKey: key) else {
            if entries.count >= capacity { evict() }
            entries[key] = Entry(name: nil, lastUse: clock)
            return .once
        }
        entries.values[index].lastUse = clock
        entries.values[index].isWanted = true
        if let name = entries.values[index].name { return .run(name) }
        namesGiven += 1
        return .prepare("\(prefix)_\(namesGiven)")
    }

    /// The server has prepared the statement.
    mutating func prepared(_ key: Key, as name: String) {
        guard let index = entries.index(forKey: key) else {
            dropped.append(name)  // a pipeline as long as the cache has pushed it out meanwhile
            return
        }
        entries.values[index].name = name
    }

    /// Whether the statement is, or was to be, prepared.
    func holds(_ key: Key) -> Bool { entries[key].map { $0.name != nil || $0.isWanted } ?? false }

    /// The statement must be prepared anew before it can run again.
    mutating func forget(_ key: Key) {
        if let name = entries.removeValue(forKey: key)?.name { dropped.append(name) }
    }

    /// The server does not have the statement under its name. Once may happen, by a DISCARD of somebody's; where it
    /// happens again, servers change under the connection.
    mutating func lost(_ key: Key) {
        entries[key] = nil
        losses += 1
    }

    /// The server has dropped all statements by itself.
    mutating func forgetAll() {
        entries.removeAll()
        dropped.removeAll()
    }

    /// The name is deallocated.
    mutating func removeLastDropped() { dropped.removeLast() }

    private mutating func evict() {
        guard let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        forget(oldest.key)
    }
}
