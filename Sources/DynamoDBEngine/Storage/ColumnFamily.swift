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

    /// The name on disk. RocksDB demands that one be called "default".
    var name: StaticString {
        switch self {
        case .catalogue: "default"
        case .items: "items"
        case .indexes: "indexes"
        }
    }
}
