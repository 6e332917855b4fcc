internal import Logging

extension EngineCore {
    /// Deletes expired items in the background, soon after they expire, as long as the engine is open.
    func startExpiry() {
        let logger = logger
        Task(priority: .utility) { [weak self] in
            while true {
                do {
                    guard let hasMore = try await self?.deleteExpired() else { return }
                    if hasMore { continue }
                } catch {
                    logger.warning("Expired items could not be deleted", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    /// Deletes a batch of expired items of each table.
    ///
    /// - Returns: whether there may be more.
    func deleteExpired() async throws -> Bool {
        var hasMore = false
        let now = clock.now / 1_000_000
        for table in catalogue.store.tables where table.record.timeToLiveAttribute != nil && table.isInUse {
            do {
                let due = try await reads.pages.run { [database] in try ExpiryBatch(of: table, at: now, database) }
                if try await due?.delete(commits) == true { hasMore = true }
            } catch is TableRetired {
                hasMore = true
            } catch {
                // The other tables' items expire none the less.
                logger.warning(
                    "Expired items could not be deleted", metadata: ["table": "\(table.name)", "error": "\(error)"])
            }
        }
        return hasMore
    }
}
