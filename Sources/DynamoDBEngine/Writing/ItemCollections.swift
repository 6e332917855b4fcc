internal import DynamoDB

/// The item collections that a request changed: in a table with local indexes, all items of one partition key.
struct ItemCollections {
    private let core: EngineCore
    private var metrics: [String: [Item: ItemCollectionMetrics]] = [:]

    /// - Parameter detail: the request's ReturnItemCollectionMetrics.
    /// - Returns: nil if the request does not ask for metrics.
    init?(_ detail: ReturnItemCollectionMetrics?, _ core: EngineCore) {
        guard detail == .size else { return nil }
        self.core = core
    }

    /// Adds the collection of an item.
    ///
    /// - Parameter item: the item, or its primary key.
    mutating func add(_ item: Item, in tableName: String) throws {
        guard let table = core.catalogue.table(named: tableName) else { return }
        let locals = table.indexes.filter { $0.kind == .local }
        let key = item.filter { name, _ in table.key.partition.contains { $0.isNamed(name) } }
        guard !locals.isEmpty, metrics[table.name]?[key] == nil else { return }
        let values = table.key.partition.compactMap { key[$0.name] }
        var bytes = try core.database.approximateSize(
            of: KeyRange(prefix: ItemKey(id: table.id, partition: values).bytes), in: .items)
        for index in locals {
            bytes += try core.database.approximateSize(
                of: KeyRange(prefix: ItemKey(id: index.id, partition: values).bytes), in: .indexes)
        }
        let gigabytes = Double(bytes >> 30)
        metrics[table.name, default: [:]][key] = ItemCollectionMetrics(
            itemCollectionKey: key, sizeEstimateRangeGB: [gigabytes, gigabytes + 1])
    }

    /// The metrics by table; nil if no table of the request has local indexes.
    var byTable: [String: [ItemCollectionMetrics]]? {
        metrics.isEmpty ? nil : metrics.mapValues { Array($0.values) }
    }

    /// The metrics of a request that changes one item.
    static func metrics(
        _ detail: ReturnItemCollectionMetrics?, of item: Item, in tableName: String, _ core: EngineCore
    ) throws -> ItemCollectionMetrics? {
        guard var collections = ItemCollections(detail, core) else { return nil }
        try collections.add(item, in: tableName)
        return collections.byTable?[tableName]?.first
    }
}
