internal import DynamoDB
internal import Synchronization

/// The tables of the engine, in memory and on disk.
///
/// A look-up takes a lock that is never held for longer than that. Changes are made one after the other; each waits for
/// RocksDB to take it, and is seen only then.
///
/// Keys of the `catalogue` family: `format` (version, decimal text), `next-id`, `table/<name>`,
/// `isolated/<namespace>/<name>` and `tally/<id>`. Here a table's name is ``TableRecord/fullName``, or its ARN.
final class Catalogue: Sendable {
    /// What only changes of the catalogue look at.
    private struct Changes {
        var nextID: UInt32
        var savedTallies: [UInt32: [Int]] = [:]
    }

    static let formatVersion = 1

    private let database: RocksDatabase
    private let byName: Mutex<[String: Table]>
    private let policiesSeen: Atomic<Bool>
    /// Held while a change is written, which can take as long as a stall of RocksDB.
    private let changes: Mutex<Changes>
    /// Where changes wait, if their callers must not.
    private let lane = BlockingLane(label: "miyabi.dynamodb.catalogue")

    /// Reads the catalogue, and begins one in an empty store.
    init(_ database: RocksDatabase) throws {
        self.database = database
        if let version = try Catalogue.integer(database, Key.format) {
            guard version == Catalogue.formatVersion else { throw StoredDataError.unknownVersion }
        } else {
            let batch = RocksBatch(for: database)
            batch.put(Key.format, Array(String(Catalogue.formatVersion).utf8), in: .catalogue)
            try database.write(batch, mode: .patient)
            try database.syncLog()
        }
        changes = Mutex(Changes(nextID: UInt32(try Catalogue.integer(database, Key.nextID) ?? 1)))
        let tallies = try Catalogue.readTallies(database)
        var byName: [String: Table] = [:]
        for record in try Catalogue.readTables(database) {
            byName[record.fullName] = try Table(record, tallies: tallies)
        }
        policiesSeen = Atomic(byName.values.contains { $0.record.definition.resourcePolicy != nil })
        self.byName = Mutex(byName)
    }

    /// Whether a table has, or had, a resource-based policy: if not, nobody needs to look for one.
    var hasPolicies: Bool { policiesSeen.load(ordering: .acquiring) }

    /// Makes a table known.
    private func publish(_ table: Table) {
        // Before the table: whoever finds it looks at its policy.
        if table.record.definition.resourcePolicy != nil { policiesSeen.store(true, ordering: .releasing) }
        byName.withLock { $0[table.record.fullName] = table }
    }

    /// The table of that name or ARN, if it exists.
    func table(named reference: String) -> Table? {
        byName.withLock { tables in
            // A name has no colon, so that only what is no name is looked at twice.
            tables[reference] ?? TableARN.tableName(in: reference).flatMap { tables[$0] }
        }
    }

    /// All tables, in the order of their names.
    var tables: [Table] {
        byName.withLock { Array($0.values) }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Adds a table unless the name is taken. Visible at once; durable after the caller's next sync. Blocks its thread.
    ///
    /// - Parameters:
    ///   - namespace: whose table it is.
    ///   - record: makes the table's record; it gets a function that gives out new identifiers.
    /// - Returns: nil if the name is taken.
    func add(
        _ name: String, in namespace: String, record: (_ newID: () -> UInt32) throws -> TableRecord
    ) throws -> Table? {
        try changes.withLock { changes -> Table? in
            let fullName = TableRecord.fullName(name, in: namespace)
            guard byName.withLock({ $0[fullName] }) == nil else { return nil }
            var next = changes.nextID
            var record = try record {
                defer { next += 1 }
                return next
            }
            record.namespace = namespace
            let table = try Table(record)
            let batch = RocksBatch(for: database)
            batch.put(Key.table(record), try record.stored(), in: .catalogue)
            batch.put(Key.nextID, Array(String(next).utf8), in: .catalogue)
            try database.write(batch, mode: .patient)
            changes.nextID = next
            publish(table)
            return table
        }
    }

    /// Replaces a table's record; the old `Table` is retired. New indexes get identifiers; the entries of those that are
    /// gone are removed, as ``remove(_:if:)`` removes a table's. Blocks its thread.
    ///
    /// - Returns: the new table, or nil if there is none of that name.
    func change(_ name: String, _ change: (inout TableRecord) throws(DynamoDBError) -> Void) throws -> Table? {
        try changes.withLock { changes -> Table? in
            guard let old = table(named: name) else { return nil }
            var record = old.record
            try change(&record)
            let batch = RocksBatch(for: database)
            var next = changes.nextID
            for index in record.indexNames where record.indexIDs[index] == nil {
                record.indexIDs[index] = next
                next += 1
            }
            if next != changes.nextID { batch.put(Key.nextID, Array(String(next).utf8), in: .catalogue) }
            for index in Set(record.indexIDs.keys).subtracting(record.indexNames) {
                guard let id = record.indexIDs.removeValue(forKey: index) else { continue }
                batch.delete(Key.tally(id), in: .catalogue)
                batch.deleteRange(ItemKey.range(of: id), in: .indexes)
            }
            let table = try Table(record, tallies: old.tallies)
            batch.put(Key.table(record), try record.stored(), in: .catalogue)
            try database.write(batch, mode: .patient)
            changes.nextID = next
            publish(table)
            old.retire()
            return table
        }
    }

    /// Removes a table and its data. Blocks its thread.
    ///
    /// A writer that found the table before may still be adding items, which nobody will ever see: the caller waits
    /// for such writers and removes the data once more.
    ///
    /// - Returns: the table, retired, or nil if there is none of that name.
    func remove(_ name: String, if allowed: (Table) throws(DynamoDBError) -> Void) throws -> Table? {
        try changes.withLock { _ -> Table? in
            guard let table = table(named: name) else { return nil }
            try allowed(table)
            let batch = RocksBatch(for: database)
            batch.delete(Key.table(table.record), in: .catalogue)
            for id in table.tallies.keys { batch.delete(Key.tally(id), in: .catalogue) }
            for (family, range) in table.dataRanges { batch.deleteRange(range, in: family) }
            try database.write(batch, mode: .patient)
            byName.withLock { $0[table.record.fullName] = nil }
            table.retire()
            return table
        }
    }

    /// Writes the tallies that changed since the last save. Not synced: they are estimates. Blocks its thread.
    func saveTallies() throws {
        try changes.withLock { changes in
            let batch = RocksBatch(for: database)
            for table in byName.withLock({ Array($0.values) }) {
                for (id, tally) in table.tallies {
                    let counts = [tally.items, tally.bytes]
                    guard changes.savedTallies.updateValue(counts, forKey: id) != counts else { continue }
                    batch.put(Key.tally(id), Array("\(counts[0]) \(counts[1])".utf8), in: .catalogue)
                }
            }
            if batch.count > 0 { try database.write(batch, mode: .patient) }
        }
    }
}

// MARK: - From threads that must not block
extension Catalogue {
    /// As the function that blocks.
    func add(
        _ name: String, in namespace: String,
        record: @escaping @Sendable (_ newID: () -> UInt32) throws -> TableRecord
    ) async throws -> Table? {
        try await lane.run { try self.add(name, in: namespace, record: record) }
    }

    /// As the function that blocks.
    func change(
        _ name: String, _ change: @escaping @Sendable (inout TableRecord) throws(DynamoDBError) -> Void
    ) async throws -> Table? {
        try await lane.run { try self.change(name, change) }
    }

    /// As the function that blocks.
    func remove(
        _ name: String, if allowed: @escaping @Sendable (Table) throws(DynamoDBError) -> Void
    ) async throws -> Table? {
        try await lane.run { try self.remove(name, if: allowed) }
    }
}

// MARK: - On disk
extension Catalogue {
    private enum Key {
        static let format = Array("format".utf8)
        static let nextID = Array("next-id".utf8)
        static let tablePrefix = Array("table/".utf8)
        // A prefix that older versions do not look at: they would take the tables for shared ones.
        static let isolatedPrefix = Array("isolated/".utf8)
        static let tallyPrefix = Array("tally/".utf8)

        static func table(_ record: TableRecord) -> [UInt8] {
            (record.namespace.isEmpty ? tablePrefix : isolatedPrefix) + Array(record.fullName.utf8)
        }
        static func tally(_ id: UInt32) -> [UInt8] { tallyPrefix + Array(String(id).utf8) }
    }

    private static func integer(_ database: RocksDatabase, _ key: [UInt8]) throws -> Int? {
        guard let value = try database.value(in: .catalogue, forKey: key) else { return nil }
        guard let number = Int(String(decoding: value.bytes, as: UTF8.self)) else { throw StoredDataError.malformed }
        return number
    }

    private static func readTables(_ database: RocksDatabase) throws -> [TableRecord] {
        var records: [TableRecord] = []
        for prefix in [Key.tablePrefix, Key.isolatedPrefix] {
            let cursor = RangeCursor(
                database, .catalogue, in: KeyRange(prefix: prefix), forward: true, withinPrefix: false)
            while try cursor.isValid() {
                records.append(try TableRecord(stored: cursor.value))
                cursor.advance()
            }
        }
        return records
    }

    private static func readTallies(_ database: RocksDatabase) throws -> [UInt32: Tally] {
        var tallies: [UInt32: Tally] = [:]
        let cursor = RangeCursor(
            database, .catalogue, in: KeyRange(prefix: Key.tallyPrefix), forward: true, withinPrefix: false)
        while try cursor.isValid() {
            let name = String(decoding: cursor.key.dropFirst(Key.tallyPrefix.count), as: UTF8.self)
            let counts = String(decoding: cursor.value, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
            guard let id = UInt32(name), counts.count == 2 else { throw StoredDataError.malformed }
            tallies[id] = Tally(items: counts[0], bytes: counts[1])
            cursor.advance()
        }
        return tallies
    }
}
