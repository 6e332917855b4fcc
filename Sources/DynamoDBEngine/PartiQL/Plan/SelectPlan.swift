internal import DynamoDB

/// How a SELECT is answered: by queries of the partitions that its WHERE clause names, or by a scan.
struct SelectPlan {
    let request: PageRequest
    /// What is read, in this order.
    let ranges: [KeyRange]
    private let projection: StatementProjection?

    init(
        _ select: SelectStatement, on table: Table, limit: Int? = nil, consistentRead: Bool? = nil
    ) throws(DynamoDBError) {
        let source = try ReadSource(select, table, consistentRead: consistentRead)
        var terms = Conjunction(select.condition)
        let conditions = try terms.takeKeyConditions(on: source.key)
        let order = try SelectOrder(select, key: source.key, partitions: conditions?.count)
        let filter = terms.condition
        try source.requireProjected(filter)
        let projection = select.projection.map(StatementProjection.init)
        let isMerged = (conditions?.count ?? 1) > 1
        var request = try PageRequest(
            source, range: ItemKey.range(of: source.id), isWithinPartition: conditions != nil,
            ReadExpressions(projection: projection?.attributes, filter: filter), select: nil,
            limit: isMerged ? min(limit ?? .max, Limits.statementPartitionsPage) : limit,
            consistentRead: consistentRead)
        request.reader.forward = order.isForward
        ranges = conditions.map { order.arrange($0).map { $0.range(of: source.id) } } ?? [request.reader.range]
        self.request = request
        self.projection = projection
    }

    /// Reads one page.
    ///
    /// - Parameter position: the last key of the page before.
    func read(_ core: EngineCore, after position: Item?) async throws -> Page {
        let page = try await page(core, after: position)
        if request.isConsistent { try await core.durability.settleReads(of: scope) }
        return page
    }

    /// What is read.
    private var scope: ReadScope {
        var reader = request.reader
        // The ranges of several partitions lie anywhere in the table.
        reader.isWithinPartition = reader.isWithinPartition && ranges.count == 1
        reader.range = ranges.first ?? reader.range
        return reader.scope
    }

    private func page(_ core: EngineCore, after position: Item?) async throws -> Page {
        let start = try position.map { try request.reader.source.storageKey(ofPosition: $0) }
        let first = start.map { key in ranges.firstIndex { $0.contains(key) } ?? ranges.endIndex } ?? 0
        var result = Page()
        for (index, range) in ranges.enumerated().dropFirst(first) {
            var request = self.request
            request.reader.range = range
            if let start, index == first { request.reader.resume(after: start) }
            request.reader.limit = request.reader.limit.map { $0 - result.scannedCount }
            request.reader.byteLimit -= result.scannedBytes
            let page = try await request.read(core)
            result.append(page, projection)
            if page.lastKey != nil { break }
        }
        return result
    }
}

extension Page {
    fileprivate mutating func append(_ page: Page, _ projection: StatementProjection?) {
        items += projection.map { page.items.map($0.row) } ?? page.items
        count += page.count
        scannedCount += page.scannedCount
        scannedBytes += page.scannedBytes
        itemReadUnits += page.itemReadUnits
        lastKey = page.lastKey
    }
}

extension ReadSource {
    fileprivate init(
        _ select: SelectStatement, _ table: Table, consistentRead: Bool?
    ) throws(DynamoDBError) {
        if let name = select.indexName {
            guard let index = table.index(named: name) else {
                throw .validation("The table does not have the specified index")
            }
            if index.kind == .global, consistentRead == true {
                throw .validation("Strongly consistent read is not supported on Global Secondary Indexes")
            }
        }
        try self.init(table, indexName: select.indexName)
    }

    /// Refuses a filter on what the index does not hold.
    fileprivate func requireProjected(_ filter: ConditionNode?) throws(DynamoDBError) {
        guard let index, let held = index.projectedNames, let filter else { return }
        let lacking = filter.attributeNames.subtracting(StringSet(held)).sorted()
        guard lacking.isEmpty else {
            throw .validation(
                "One or more parameter values were invalid: Secondary index \(index.name) does not project one or more "
                    + "filter attributes: [\(lacking.joined(separator: ", "))]")
        }
    }
}
