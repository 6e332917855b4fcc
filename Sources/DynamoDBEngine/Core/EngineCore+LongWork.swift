internal import Dispatch
internal import Logging

extension EngineCore {
    /// Does work in the background, after all that was begun earlier. What fails because a disk is full, or for want of
    /// another means, is done again from its beginning; what is damaged is given up.
    ///
    /// If the engine is closed meanwhile the work throws `CancellationError`, and is left to the next start.
    ///
    /// - Parameter name: what the work is, for the log.
    func startLongWork(
        _ name: String, of table: Table, _ work: @escaping @Sendable (EngineCore) throws -> Void,
        givingUp: @escaping @Sendable (EngineCore) throws -> Void
    ) {
        // Of the engine's own: another namespace's core lives as long as an operation.
        longWork.start { [root] in root.attempt(LongWork(name: name, table: table, work: work, givingUp: givingUp)) }
    }

    private func attempt(_ job: LongWork, isRetry: Bool = false) {
        var metadata: Logger.Metadata = ["work": "\(job.name)", "table": "\(job.table.name)"]
        do {
            if isStopping { throw CancellationError() }
            try job.work(self)
        } catch is CancellationError {
            // The engine was closed.
        } catch let error as StorageError where error.kind != .corruption {
            metadata["error"] = "\(error)"
            if !isRetry {
                logger.error("Work in the background failed and is tried again each second", metadata: metadata)
            }
            // Without the engine: it may be closed while nothing is done.
            longWork.start(after: .seconds(1)) { [weak self] in self?.attempt(job, isRetry: true) }
        } catch {
            metadata["error"] = "\(error)"
            logger.error("Work in the background failed", metadata: metadata)
            do {
                try job.givingUp(self)
            } catch {
                metadata["error"] = "\(error)"
                logger.error("What it had begun could not be taken back", metadata: metadata)
            }
        }
    }
}

private struct LongWork: Sendable {
    let name: String
    let table: Table
    let work: @Sendable (EngineCore) throws -> Void
    let givingUp: @Sendable (EngineCore) throws -> Void
}
