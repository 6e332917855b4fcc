internal import DynamoDB

/// What changes of tables have in common.
extension EngineCore {
    /// Waits until a change of the catalogue is on disk.
    func syncCatalogue() async throws {
        try await durability.nextSync()
    }

    /// Waits until nobody writes to a table as it was before a change of its record.
    func waitForWriters() async throws {
        let stripes = commits.stripes
        try await changes.run { stripes.waitForWriters() }
    }

    /// Removes what late writers added to a table or index after its removal, and gives back the space of whole files.
    func sweep(_ ranges: [(ColumnFamily, KeyRange)]) async throws {
        try await changes.run { [self] in try removeNow(ranges) }
    }

    /// As ``sweep(_:)``. Blocks its thread.
    func removeNow(_ ranges: [(ColumnFamily, KeyRange)]) throws {
        commits.stripes.waitForWriters()
        let batch = RocksBatch(for: database)
        for (family, range) in ranges { batch.deleteRange(range, in: family) }
        try database.write(batch, mode: .patient)
        for (family, range) in ranges { try database.deleteFiles(range, in: family) }
    }
}
