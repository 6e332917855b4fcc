internal import DynamoDB

extension Restore {
    /// Copies the source as it is, then takes back what happened after the moment, newest first.
    static let rewind: Contents = { restore, source, core in
        guard let id = source.sourceTableID, let table = core.catalogue.store.tables.first(where: { $0.id == id }),
            table.keepsHistory, try core.historyStart(of: table) <= source.moment
        else {
            throw DynamoDBError(
                code: .pointInTimeRecoveryUnavailableException,
                message: "The history of \(source.sourceTableARN) does not reach back to the moment any more")
        }
        try core.commits.clock.waitForCommits(upTo: source.moment) { core.isStopping }
        let snapshot = Snapshot(of: core.database)
        let items = RangeCursor(
            core.database, .items, in: ItemKey.range(of: id), forward: true, withinPrefix: false, snapshot: snapshot)
        while try items.isValid() {
            try restore.put(try StoredItem(items.value))
            items.advance()
        }
        let changes = RangeCursor(
            core.database, .history, in: HistoryRecord.range(of: id, after: source.moment), forward: false,
            withinPrefix: false, snapshot: snapshot)
        while try changes.isValid() {
            let change = HistoryRecord(key: changes.key, value: changes.value)
            if let item = try change.item {
                try restore.put(item)
            } else {
                try restore.remove(change.key(in: restore.table.id))
            }
            changes.advance()
        }
    }
}

extension EngineCore {
    /// Goes on with the restores of both kinds that the last run of the engine left unfinished.
    func resumeRestores() {
        for table in catalogue.store.tables where table.record.status == .creating {
            guard let restore = table.record.restore else { continue }
            let contents = restore.sourceBackupARN == nil ? Restore.rewind : Restore.copyBackup
            resumeRestore(of: table, from: restore, contents)
        }
    }
}
