internal import DynamoDB

/// A SELECT that names the whole primary key of one item, and says nothing more.
struct SingleRead: Sendable {
    let key: Item
    let projection: StatementProjection?

    /// - Returns: nil for any other SELECT.
    /// - Throws: `ValidationException` for a SELECT that can be read in no way.
    init?(_ select: SelectStatement, on table: Table) throws(DynamoDBError) {
        try select.requireSimpleKey(of: table)
        if let fault = select.fault { throw fault }
        guard select.indexName == nil, let condition = select.condition else { return nil }
        let branches = try KeyBranches(condition, on: table.key)
        guard try branches.queries(of: table.id)?.count == 1, let key = branches.onlyKey else { return nil }
        self.key = key
        projection = select.projection.map(StatementProjection.init)
    }
}

extension SingleRead {
    /// The item's row, nil if there is no item, and the read units that the read takes.
    func run(_ core: EngineCore, on table: Table, consistent: Bool) async throws -> (row: Item?, units: Double) {
        try core.throttle?.admitRead(of: table)
        let key = try table.storageKey(ofKey: key)
        let (item, size) = try await core.reads.items { [database = core.database] tier in
            let stored = try StoredValue(database, key: key, tier)
            return (try stored.item?.item(projection?.attributes), stored.item?.size ?? 0)
        }
        let units = readUnits(size, consistent: consistent)
        core.throttle?.takeRead(units, from: table)
        if consistent { try await core.durability.settleReads(of: .items([key])) }
        return (item.map { projection?.row(of: $0) ?? $0 }, units)
    }
}
