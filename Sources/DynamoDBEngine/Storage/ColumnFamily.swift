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
