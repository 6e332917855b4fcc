import Dispatch
public import Logging

extension EngineCore {
    /// Goes on with what the last run of the engine left unfinished, and with what an open engine always does.
    func start() throws {
        if let latest = try spentTokens.latest() { clock.advance(past: latest) }
        try advanceClockPastHistory()
        try advanceClockPastStreams()
        do {
            _ = try dataKeys?.removeUnused()
        } catch {
            logger.warning("Unused data keys stay", metadata: ["error": "\(error)"])
        }
        resumeBackfills()
        resumeRestores()
        resumeDeletions()
        startExpiry()
        keep(
            Repeater(every: .seconds(10), label: "miyabi.dynamodb.tallies") { [catalogue, logger] in
                do {
                    try catalogue.store.saveTallies()
                } catch {
                    logger.warning("Item counts could not be saved", metadata: ["error": "\(error)"])
                }
            })
        if dataKeys != nil {
            keep(
                Repeater(every: .seconds(1), label: "miyabi.dynamodb.keys") { [weak self] in self?.followDataKeys() })
        }
        keep(
            Repeater(every: .seconds(60), label: "miyabi.dynamodb.trimmer") { [weak self] in
                guard let self else { return }
                changes.start { [weak self] in self?.trim() }
            })
    }

    /// Takes over new data keys, and writes files anew with them if that is asked for. Blocks its thread.
    private func followDataKeys() {
        guard let dataKeys else { return }
        _ = dataKeys.refresh(logger)
        guard dataKeys.wantsRewrite, !isStopping else { return }
        do {
            try database.rewrite()
            if isStopping { return }
            try dataKeys.endRewrite()
            logger.notice("All files are written anew with the current data key")
        } catch {
            logger.warning("Files could not be written anew", metadata: ["error": "\(error)"])
        }
    }

    /// Removes what is kept for a time only, and whose time is over.
    ///
    /// Goes by the machine's clock, which can be behind the engine's but not ahead. Blocks its thread.
    func trim() {
        let work: [(what: String, remove: () throws -> Void)] = [
            ("tokens", { try self.spentTokens.removeExpired(at: self.clock.now) }),
            ("history", { try self.trimHistory(at: self.clock.now) }),
            ("backups", { try self.backups.removeExpired(at: self.clock.seconds, self.restores) }),
            ("streams", { try self.trimStreams() }),
            ("data keys", { _ = try self.dataKeys?.removeUnused() }),
        ]
        for (what, remove) in work {
            do {
                try remove()
            } catch {
                logger.warning("What is out of date stays", metadata: ["what": "\(what)", "error": "\(error)"])
            }
        }
    }
}

extension Engine {
    /// Opens a data directory, and recovers what a crash left in its log.
    ///
    /// - Throws: ``EngineError``.
    public static func open(_ options: Options, logger: Logger) throws -> Engine {
        do {
            return Engine(try CoreHolder(options, logger: logger) { try $0.start() }, options, logger)
        } catch {
            throw EngineError(error, directory: options.directory)
        }
    }
}
