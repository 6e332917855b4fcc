internal import Logging

extension EngineCore {
    /// Goes on with the indexes that the last run of the engine left unfinished.
    func resumeBackfills() {
        for table in catalogue.tables {
            for index in table.record.backfills { startBackfill(of: index, in: table) }
        }
    }

    /// Fills the index in the background. An engine that is closed meanwhile goes on when it is opened again.
    func startBackfill(of index: String, in table: Table) {
        let logger = logger
        Task(priority: .utility) { [weak self] in
            var backfill = Backfill(of: index, in: table)
            while !backfill.isDone {
                do {
                    guard let core = self else { return }
                    try await backfill.advance(core)
                } catch {
                    logger.warning(
                        "An index could not be filled; trying again",
                        metadata: ["table": "\(table.name)", "index": "\(index)", "error": "\(error)"])
                    try await Task.sleep(for: .seconds(1))
                }
            }
        }
    }
}
