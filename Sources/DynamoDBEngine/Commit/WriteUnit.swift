/// What one commit is going to write.
final class WriteUnit {
    let batch: WriteBatch
    private var changes: [(tally: Tally, change: TallyChange)] = []

    init(_ database: RocksDatabase) {
        batch = WriteBatch(for: database)
    }

    func count(_ change: TallyChange, in tally: Tally) {
        changes.append((tally, change))
    }

    /// To be called once the batch is written.
    func applyTallies() {
        for (tally, change) in changes { tally.add(change) }
    }
}
