internal import DynamoDB

/// Reads one page of a Query or Scan.
struct PageReader: Sendable {
    let source: ReadSource
    var range: KeyRange
    var forward = true
    /// Whether the range lies in one partition.
    var isWithinPartition = false
    /// At most this many entries are read, before the filter.
    var limit: Int?
    /// The page ends once the entries read have this many bytes.
    var byteLimit = Limits.pageSize
    var filter: ConditionNode?
    var projection: ItemProjection?
    /// Whether entries of the index are only pointers to the items wanted.
    var readsItems = false
    /// Whether only the number of items is wanted.
    var countsOnly = false

    /// The items that the page shows. A local index has its table's partitions.
    var scope: ReadScope {
        isWithinPartition ? .partitions([partition(of: range)]) : .table(tablePrefix)
    }

    /// The beginning of the keys of the items in the partition in which a range lies.
    func partition(of range: KeyRange) -> [UInt8] {
        tablePrefix + range.lower[4..<RocksOptions.prefixLength]
    }

    private var tablePrefix: [UInt8] {
        var prefix: [UInt8] = []
        prefix.append(bigEndian: source.table.id)
        return prefix
    }

    /// Leaves out what a previous page has read.
    mutating func resume(after key: [UInt8]) {
        if forward {
            range.lower = key + [0]
        } else {
            range.upper = key
        }
    }

    /// How far a page is read.
    private struct Progress<Found: FoundItems> {
        var page = Page<Found>()
        /// The storage key of the last entry read.
        var position: [UInt8]?
    }

    func read<Found: FoundItems>(_ core: EngineCore, as _: Found.Type) async throws -> Page<Found> {
        guard !range.isEmpty else { return Page() }
        let database = core.database
        // Entries and their items are to be of one moment.
        let snapshot = readsItems ? Snapshot(of: database) : nil
        return try await core.reads.pages(Progress<Found>()) { progress, tier, budget in
            try advance(&progress, database, snapshot, tier, &budget)
        }.page
    }

    /// Reads on until the budget is spent.
    ///
    /// - Returns: whether that was all.
    private func advance<Found: FoundItems>(
        _ progress: inout Progress<Found>, _ database: RocksDatabase, _ snapshot: Snapshot?, _ tier: ReadTier,
        _ budget: inout ReadBudget
    ) throws -> Bool {
        var rest = self
        if let position = progress.position { rest.resume(after: position) }
        var page = progress.page
        let cursor = RangeCursor(
            database, source.family, in: rest.range, forward: forward, withinPrefix: isWithinPartition,
            snapshot: snapshot)
        while try cursor.isValid() {
            let entry = try StoredItem(cursor.value)
            page.scannedCount += 1
            page.scannedBytes += entry.size
            budget.take(entry.size)
            if let snapshot, readsItems {
                try readItem(of: entry, snapshot, tier, into: &page)
            } else {
                try take(entry, into: &page)
            }
            if page.scannedCount == limit || page.scannedBytes >= byteLimit {
                page.lastKey = try entry.item(ItemProjection(attributes: source.positionNames))
                break
            }
            if budget.isSpent {
                progress = Progress(page: page, position: Array(cursor.key))
                return false
            }
            cursor.advance()
        }
        progress.page = page
        return true
    }

    private func take(_ item: StoredItem, into page: inout Page<some FoundItems>) throws {
        if let filter, try !ConditionEvaluator(item: item).meets(filter) { return }
        page.count += 1
        if countsOnly { return }
        try page.found.append(item, projection)
    }

    private func readItem(
        of entry: StoredItem, _ snapshot: Snapshot, _ tier: ReadTier, into page: inout Page<some FoundItems>
    ) throws {
        let names = source.table.key.all.map(\.name)
        let key = try source.table.storageKey(ofKey: try entry.item(ItemProjection(attributes: names)))
        let stored = try StoredValue(snapshot, key: key, tier)
        guard let item = stored.item else { return }
        page.itemReadUnits += (item.size + 4095) / 4096
        try take(item, into: &page)
    }
}

/// What a page holds.
struct Page<Found: FoundItems>: Sendable {
    var found = Found()
    /// Entries that met the filter.
    var count = 0
    /// Entries read.
    var scannedCount = 0
    /// Bytes of the entries read, by AWS's accounting.
    var scannedBytes = 0
    /// Strongly consistent read units of items read beside the entries of an index.
    var itemReadUnits = 0
    /// The position of the last entry read, if the page ended before the range did.
    var lastKey: Item?
}
