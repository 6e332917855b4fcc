internal import DynamoDB
internal import Synchronization

extension EngineCore {
    /// Makes numbers of commits greater than those of the last run, even if the system's clock was set back.
    func advanceClockPastStreams() throws {
        for table in catalogue.store.tables {
            guard let last = table.record.streams.last else { continue }
            clock.advance(past: last.end ?? last.start)
            for shard in StreamShard.all(of: table.id) {
                let cursor = RangeCursor(database, .streams, in: shard.range, forward: false, withinPrefix: false)
                guard try cursor.isValid() else { continue }
                clock.advance(past: try StreamShard.sequenceNumber(inKey: cursor.key).commit)
            }
        }
    }

    /// Removes records that are too old to be read, and streams of which nothing is left.
    func trimStreams() throws {
        let horizon = SequenceNumber(commit: clock.now.minus(OpenedStream.retention))
        // Before anything is removed: no reader passes over what it cannot see any more.
        root.streamHorizon.max(horizon.commit, ordering: .sequentiallyConsistent)
        let batch = RocksBatch(for: database)
        var ranges: [KeyRange] = []
        for table in catalogue.store.tables where !table.record.streams.isEmpty {
            for shard in StreamShard.all(of: table.id) {
                let range = shard.range(from: SequenceNumber(commit: 0), to: horizon)
                // A range deletion costs every later read a little, so none is made in vain.
                guard try !database.keys(in: .streams, range, atMost: 1).isEmpty else { continue }
                batch.deleteRange(range, in: .streams)
                ranges.append(range)
            }
            try forgetStreams(of: table, endedBefore: horizon.commit)
        }
        guard batch.count > 0 else { return }
        try database.write(batch, mode: .patient)
        for range in ranges { try database.deleteFiles(range, in: .streams) }
    }

    private func forgetStreams(of table: Table, endedBefore horizon: UInt64) throws {
        let hasEnded = { (stream: TableStream) in stream.end.map { $0 < horizon } ?? false }
        guard table.record.streams.contains(where: hasEnded) else { return }
        _ = try catalogue.store.change(table.record.fullName) { $0.streams.removeAll(where: hasEnded) }
    }
}
