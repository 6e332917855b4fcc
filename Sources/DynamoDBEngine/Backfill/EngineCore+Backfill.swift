internal import Logging

extension EngineCore {
    /// Goes on with what the last run of the engine left unfinished.
    func resumeBackfills() {
        for table in catalogue.store.tables {
            for index in table.indexes where table.record.backfills.contains(index.name) {
                startBackfill(of: .index(index.name, id: index.id), in: table)
            }
            if let filling = table.record.expiryFilling { startBackfill(of: .expiry(filling), in: table) }
        }
    }

    /// Fills an index or the order of expiry in the background. An engine that is closed meanwhile goes on when it is
    /// opened again.
    func startBackfill(of target: Backfill.Target, in table: Table) {
        let logger = logger
        Task(priority: .utility) { [weak root] in
            var backfill = Backfill(of: target, in: table)
            while !backfill.isDone {
                do {
                    guard let core = root else { return }
                    try await backfill.advance(core)
                } catch {
                    logger.warning(
                        "A backfill failed; trying again",
                        metadata: ["table": "\(table.name)", "target": "\(target)", "error": "\(error)"])
                    try await Task.sleep(for: .seconds(1))
                }
            }
        }
    }
}
