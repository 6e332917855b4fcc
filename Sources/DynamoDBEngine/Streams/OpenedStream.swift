import DynamoDB
import Synchronization

/// A stream as requests address it: by its ARN.
struct OpenedStream: Sendable {
    let table: Table
    let stream: TableStream
    let arn: String

    /// The number up to which records are too old to be read.
    let horizon: UInt64

    /// AWS keeps records for a day.
    static let retention: UInt64 = 24 * 3600 * 1_000_000

    init(_ stream: TableStream, of table: Table, _ core: EngineCore, region: String) {
        self.table = table
        self.stream = stream
        arn = stream.arn(in: table.name, region: region)
        horizon = max(
            stream.start, core.clock.now.minus(OpenedStream.retention),
            core.root.streamHorizon.load(ordering: .sequentiallyConsistent))
    }

    // MARK: Shards

    var shards: [StreamShard] { StreamShard.all(of: table.id) }

    /// `shardId-`, the milliseconds at which the stream was made, and the shard's number.
    func id(of shard: StreamShard) -> String {
        let time = String(stream.labelTime)
        return "shardId-\(String(repeating: "0", count: 20 - time.utf8.count))\(time)-0000000\(shard.number)"
    }

    /// - Throws: `ResourceNotFoundException`.
    func shard(withID id: String) throws(DynamoDBError) -> StreamShard {
        guard let shard = shards.first(where: { self.id(of: $0) == id }) else {
            throw DynamoDBError(
                code: .resourceNotFoundException,
                message: "Requested resource not found: Shard: \(id) in Stream: \(arn) not found")
        }
        return shard
    }

    var description: StreamDescription {
        StreamDescription(
            streamArn: arn, streamLabel: stream.label, streamStatus: stream.end == nil ? .enabled : .disabled,
            streamViewType: stream.view, creationRequestDateTime: (Double(stream.start) / 1e6).rounded(.down),
            tableName: table.name, keySchema: table.record.definition.keySchema)
    }

    func description(of shard: StreamShard) -> Shard {
        Shard(
            shardId: id(of: shard),
            sequenceNumberRange: SequenceNumberRange(
                startingSequenceNumber: SequenceNumber(commit: horizon).text,
                endingSequenceNumber: stream.end.map { SequenceNumber(commit: $0).text }))
    }
}

extension EngineCore {
    /// The streams of a table, or of all.
    func streams(ofTable name: String?, region: String) -> [OpenedStream] {
        let tables = name.map { catalogue.table(named: $0).map { [$0] } ?? [] } ?? catalogue.tables
        return tables.flatMap { table in
            table.record.streams.map { OpenedStream($0, of: table, self, region: region) }
        }
    }

    /// The stream of an ARN, whatever region that says.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func stream(withARN arn: String, region: String) throws(DynamoDBError) -> OpenedStream {
        let parts = (TableARN.path(in: arn) ?? "").split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "table", parts[2] == "stream",
            let table = catalogue.table(named: String(parts[1])),
            let stream = table.record.streams.first(where: { $0.isLabelled(parts[3]) })
        else {
            throw DynamoDBError(
                code: .resourceNotFoundException, message: "Requested resource not found: Stream: \(arn) not found")
        }
        return OpenedStream(stream, of: table, self, region: region)
    }
}

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
