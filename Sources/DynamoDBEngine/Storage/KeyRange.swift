/// The column families of a data directory, in the order in which they are opened.
///
/// They share one write-ahead log, so a batch over several is atomic.
enum ColumnFamily: Int, CaseIterable, Sendable {
    /// Table definitions, counters and the format version.
    case catalogue
    /// Items by primary key.
    case items
    /// Entries of secondary indexes.
    case indexes
    /// Records of streams, in order of their sequence numbers.
    case streams
    /// Items of tables with expiry, in order of the time at which they expire.
    case expiry
    /// What items were before each change, in order of time, for point-in-time recovery.
    case history
    /// Tokens of recent transactions, by the ten minutes in which they were used.
    case tokens

    /// The name on disk. RocksDB demands that one be called "default".
    var name: StaticString {
        switch self {
        case .catalogue: "default"
        case .items: "items"
        case .indexes: "indexes"
        case .streams: "streams"
        case .expiry: "expiry"
        case .history: "history"
        case .tokens: "tokens"
        }
    }
}

/// The keys from `lower` up to but not including `upper`, in byte order.
struct KeyRange: Equatable, Sendable {
    var lower: [UInt8]
    var upper: [UInt8]

    /// All keys that begin with `prefix`.
    init(prefix: [UInt8]) {
        lower = prefix
        upper = prefix.successorOfPrefix
    }

    init(from lower: [UInt8], to upper: [UInt8]) {
        self.lower = lower
        self.upper = upper
    }

    /// Whether no key can lie in the range.
    var isEmpty: Bool { !lower.lexicographicallyPrecedes(upper) }

    /// The keys that are in both.
    func intersection(_ other: KeyRange) -> KeyRange {
        KeyRange(
            from: lower.lexicographicallyPrecedes(other.lower) ? other.lower : lower,
            to: upper.lexicographicallyPrecedes(other.upper) ? upper : other.upper)
    }

    func contains(_ key: [UInt8]) -> Bool {
        !key.lexicographicallyPrecedes(lower) && key.lexicographicallyPrecedes(upper)
    }
}

extension [UInt8] {
    /// The smallest byte string greater than every one that begins with this one.
    ///
    /// Keys begin with an identifier far below 0xFFFFFFFF, so there always is one.
    var successorOfPrefix: [UInt8] {
        var result = self
        while let last = result.last {
            if last < 0xFF {
                result[result.count - 1] = last + 1
                return result
            }
            result.removeLast()
        }
        preconditionFailure("A prefix of 0xFF bytes has no successor")
    }
}
