internal import DynamoDB

/// Reads one page of a Query or Scan.
struct PageReader {
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

    /// Leaves out what a previous page has read.
    mutating func resume(after key: [UInt8]) {
        if forward {
            range.lower = key + [0]
        } else {
            range.upper = key
        }
    }

    func read(_ database: RocksDatabase) throws -> Page {
        var page = Page()
        var shape = ItemShape()
        guard !range.isEmpty else { return page }
        let cursor = RangeCursor(
            database, source.family, in: range, forward: forward, withinPrefix: isWithinPartition)
        while try cursor.isValid() {
            let entry = try StoredItem(cursor.value)
            page.scannedCount += 1
            page.scannedBytes += entry.size
            if readsItems {
                try readItem(of: entry, database, &shape, into: &page)
            } else {
                try take(entry, &shape, into: &page)
            }
            if page.scannedCount == limit || page.scannedBytes >= byteLimit {
                page.lastKey = try entry.item(ItemProjection(attributes: source.positionNames))
                break
            }
            cursor.advance()
        }
        return page
    }

    private func take(_ item: StoredItem, _ shape: inout ItemShape, into page: inout Page) throws {
        if let filter, try !ConditionEvaluator(item: item).isMet(filter) { return }
        page.count += 1
        if countsOnly { return }
        page.items.append(try projection == nil ? shape.item(item) : item.item(projection))
    }

    private func readItem(
        of entry: StoredItem, _ database: RocksDatabase, _ shape: inout ItemShape, into page: inout Page
    ) throws {
        let names = source.table.key.all.map(\.name)
        let key = try source.table.storageKey(ofKey: try entry.item(ItemProjection(attributes: names)))
        let stored = try StoredValue(database, key: key)
        // Without an item the entry was removed after the cursor's view began.
        guard let item = stored.item else { return }
        page.itemReadUnits += (item.size + 4095) / 4096
        try take(item, &shape, into: &page)
    }
}

/// What a page holds.
struct Page {
    var items: [Item] = []
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
