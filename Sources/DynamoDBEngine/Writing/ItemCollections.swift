internal import DynamoDB

/// The item collections that a request changed: in a table with local indexes, all items of one partition key.
struct ItemCollections {
    private struct Collection: Sendable {
        let table: String
        /// The partition key.
        let key: Item
        /// Where its items and their entries in local indexes are.
        let ranges: [(family: ColumnFamily, range: KeyRange)]

        /// Sizes are rough ones, of whole blocks of files. Reads the indexes of files, perhaps from the disk.
        func metrics(_ database: RocksDatabase) throws -> ItemCollectionMetrics {
            let bytes = try ranges.reduce(0) { try $0 + database.approximateSize(of: $1.range, in: $1.family) }
            let gigabytes = Double(bytes >> 30)
            return ItemCollectionMetrics(itemCollectionKey: key, sizeEstimateRangeGB: [gigabytes, gigabytes + 1])
        }
    }

    private let core: EngineCore
    private var collections: [Collection] = []
    private var seen: [String: Set<Item>] = [:]

    /// - Parameter detail: the request's ReturnItemCollectionMetrics.
    /// - Returns: nil if the request does not ask for metrics.
    init?(_ detail: ReturnItemCollectionMetrics?, _ core: EngineCore) {
        guard detail == .size else { return nil }
        self.core = core
    }

    /// Adds the collection of an item.
    ///
    /// - Parameter item: the item, or its primary key.
    mutating func add(_ item: Item, in tableName: String) {
        guard let table = core.catalogue.table(named: tableName) else { return }
        let locals = table.indexes.filter { $0.kind == .local }
        let key = item.filter { name, _ in table.key.partition.contains { $0.isNamed(name) } }
        guard !locals.isEmpty, seen[table.name, default: []].insert(key).inserted else { return }
        let values = table.key.partition.compactMap { key[$0.name] }
        var ranges = [
            (family: ColumnFamily.items, range: KeyRange(prefix: ItemKey(id: table.id, partition: values).bytes))
        ]
        for index in locals {
            ranges.append((.indexes, KeyRange(prefix: ItemKey(id: index.id, partition: values).bytes)))
        }
        collections.append(Collection(table: table.name, key: key, ranges: ranges))
    }

    /// The metrics by table; nil if no table of the request has local indexes.
    func byTable() async throws -> [String: [ItemCollectionMetrics]]? {
        guard !collections.isEmpty else { return nil }
        let metrics = try await core.reads.items.run { [collections, database = core.database] in
            try collections.map { try $0.metrics(database) }
        }
        return Dictionary(grouping: zip(collections, metrics)) { $0.0.table }.mapValues { $0.map(\.1) }
    }

    /// The metrics of a request that changes one item.
    static func metrics(
        _ detail: ReturnItemCollectionMetrics?, of item: Item, in tableName: String, _ core: EngineCore
    ) async throws -> ItemCollectionMetrics? {
        guard var collections = ItemCollections(detail, core) else { return nil }
        collections.add(item, in: tableName)
        return try await collections.byTable()?.values.first?.first
    }
}
