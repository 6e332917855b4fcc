import DynamoDB

/// What is in the tables, and whether their parts agree.
struct Audit: Sendable {
    let client: DynamoDBClient

    /// All items of all tables.
    func items() async throws -> [Key: Item] {
        var items: [Key: Item] = [:]
        for table in [Tables.events, Tables.accounts] {
            for item in try await scan(table) {
                if let key = Key(table, item) { items[key] = item }
            }
        }
        return items
    }

    /// All items, once those that expire are gone: then nothing changes any more.
    func itemsAfterExpiry() async throws -> [Key: Item] {
        for _ in 0..<600 {
            let items = try await items()
            if items.allSatisfy({ $0.value["ttl"] == nil }) { return items }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw DynamoDBError(code: .requestTimeout, message: "Expired items are still there after a minute")
    }

    private func scan(_ table: String, index: String? = nil) async throws -> [Item] {
        var items: [Item] = []
        for try await page in client.scanPages(
            ScanInput(tableName: table, indexName: index, consistentRead: index == nil))
        {
            items += page.items ?? []
        }
        return items
    }

    /// Compares the indexes with the items that they are of.
    func indexFaults(_ items: [Key: Item]) async throws -> [String] {
        var faults: [String] = []
        for table in [Tables.events, Tables.accounts] {
            let ofTable = items.filter { $0.key.table == table }.map(\.value)
            let owned = ofTable.filter { $0["owner"] != nil && $0["rank"] != nil }
            let ranked = ofTable.filter { $0["rank"] != nil }
            faults += differences(try await scan(table, index: "by-owner"), owned, "\(table) by-owner")
            faults += differences(
                try await scan(table, index: "by-rank"),
                ranked.map { $0.filter { ["pk", "sk", "rank"].contains($0.key) } }, "\(table) by-rank")
        }
        return faults
    }

    private func differences(_ entries: [Item], _ expected: [Item], _ what: String) -> [String] {
        let (found, wanted) = (Set(entries), Set(expected))
        var faults: [String] = []
        if found.count != entries.count { faults.append("\(what) has an entry twice") }
        if let missing = wanted.subtracting(found).first { faults.append("\(what) lacks \(missing)") }
        if let stray = found.subtracting(wanted).first { faults.append("\(what) has the stray \(stray)") }
        return faults
    }
}
