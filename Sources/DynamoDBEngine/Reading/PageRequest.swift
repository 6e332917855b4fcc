internal import DynamoDB

/// A Query or Scan, checked and ready to be read.
struct PageRequest: Sendable {
    var reader: PageReader
    let isConsistent: Bool

    init(
        _ source: ReadSource, range: KeyRange, isWithinPartition: Bool, _ expressions: ReadExpressions,
        select: Select?, limit: Int?, consistentRead: Bool?
    ) throws(DynamoDBError) {
        isConsistent = consistentRead ?? false
        if isConsistent, source.index?.kind == .global {
            throw .validation("Consistent reads are not supported on global secondary indexes")
        }
        let selection = try Selection(select, expressions, source: source)
        reader = PageReader(
            source: source, range: range, isWithinPartition: isWithinPartition, limit: limit,
            filter: expressions.filter, projection: selection.projection, readsItems: selection.readsItems,
            countsOnly: selection.countsOnly)
    }

    /// Reads the page, if the throughput allows. If it is to be consistent, the caller waits for ``scope`` after it.
    func read<Found: FoundItems>(_ core: EngineCore, as _: Found.Type) async throws -> Page<Found> {
        let source = reader.source
        try core.throttle?.admitRead(of: source.table, source.index)
        let page = try await reader.read(core, as: Found.self)
        core.countRead(readUnits(page.scannedBytes, consistent: isConsistent), of: source.table, source.index)
        core.countRead(itemUnits(of: page), of: source.table)
        return page
    }

    /// What the page was read from.
    var scope: ReadScope { reader.scope }

    /// Units of the items read beside the entries of a local index.
    private func itemUnits(of page: Page<some FoundItems>) -> Double {
        Double(page.itemReadUnits) * (isConsistent ? 1 : 0.5)
    }

    /// What the page consumed, in the detail asked for.
    func consumedCapacity(of page: Page<some FoundItems>, _ detail: ReturnConsumedCapacity?) -> ConsumedCapacity? {
        let units = readUnits(page.scannedBytes, consistent: isConsistent)
        guard let index = reader.source.index else {
            return ConsumedCapacity(detail, of: reader.source.table, units: units, indexUnits: [])
        }
        return ConsumedCapacity(
            detail, of: reader.source.table, units: itemUnits(of: page),
            indexUnits: [(index: index, units: units)])
    }
}

/// The expressions that Query and Scan have in common.
struct ReadExpressions {
    let projection: ItemProjection?
    /// The attributes that the projection names, in the order of the request.
    let projectedNames: [String]
    /// Whether the projection is that of AttributesToGet.
    let isProjectionLegacy: Bool
    let filter: ConditionNode?

    init(projection: ItemProjection?, names: [String], filter: ConditionNode?) {
        self.projection = projection
        projectedNames = names
        isProjectionLegacy = false
        self.filter = filter
    }

    init(
        projection: String?, attributesToGet: [String]?, filter: String?, legacyFilter: ConditionNode?,
        _ parameters: ExpressionParameters
    ) throws(DynamoDBError) {
        if let filter {
            self.filter = try ExpressionParser.condition(filter, kind: .filter, parameters: parameters)
        } else {
            self.filter = legacyFilter
        }
        isProjectionLegacy = projection == nil
        if let projection {
            self.projection = try ExpressionParser.projection(projection, parameters: parameters)
            projectedNames = self.projection?.attributes.keys.sorted() ?? []
        } else {
            self.projection = try attributesToGet.map { names throws(DynamoDBError) in
                try ItemProjection(attributesToGet: names)
            }
            projectedNames = attributesToGet ?? []
        }
    }
}
