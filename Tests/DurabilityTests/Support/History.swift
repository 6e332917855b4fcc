import DynamoDB
import Synchronization

/// What the tables' streams tell, followed across restarts of the server, and checked record by record.
final class History: Sendable {
    fileprivate struct State {
        /// The last sequence number read of each shard.
        var positions: [String: String] = [:]
        /// The tables as the records make them.
        var items: [Key: Item] = [:]
        /// The shard in which an item's records are.
        var shards: [Key: String] = [:]
        var count = 0
        var faults: [String] = []
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }

    /// Reads all records that are there.
    func follow(_ client: DynamoDBClient) async throws {
        for table in [Tables.events, Tables.accounts] {
            guard
                let stream = try await client.describeTable(DescribeTableInput(tableName: table)).table.latestStreamArn
            else { throw DynamoDBError(code: .resourceNotFoundException, message: "\(table) has no stream") }
            let shards = try await client.describeStream(DescribeStreamInput(streamArn: stream)).streamDescription
                .shards
            for case let shard? in (shards ?? []).map(\.shardId) { try await follow(shard, of: stream, table, client) }
        }
    }

    private func follow(_ shard: String, of stream: String, _ table: String, _ client: DynamoDBClient) async throws {
        let position = state.withLock { $0.positions[shard] }
        var iterator = try await client.getShardIterator(
            GetShardIteratorInput(
                streamArn: stream, shardId: shard,
                shardIteratorType: position == nil ? .trimHorizon : .afterSequenceNumber, sequenceNumber: position)
        ).shardIterator
        while let next = iterator {
            let output = try await client.getRecords(GetRecordsInput(shardIterator: next))
            let records = output.records ?? []
            // No writer is at work: an empty page is the end.
            if records.isEmpty { return }
            state.withLock { state in
                for record in records { state.take(record, of: shard, table) }
            }
            iterator = output.nextShardIterator
        }
    }

    /// What must not be, in words: faults of the records, and differences of what they make and the items.
    func faults(_ items: [Key: Item]) -> [String] {
        state.withLock { state in
            let differing = Set(items.keys).union(state.items.keys).filter { items[$0] != state.items[$0] }
            let differences = differing.prefix(5).map { key in
                "\(key) is \(String(describing: items[key])), by the stream \(String(describing: state.items[key]))"
            }
            defer { state.faults = [] }
            return state.faults + differences
        }
    }
}

extension History.State {
    fileprivate mutating func take(_ event: StreamEvent, of shard: String, _ table: String) {
        guard let record = event.dynamodb, let keys = record.keys, let key = Key(table, keys),
            let number = record.sequenceNumber
        else {
            faults.append("a record of \(shard) lacks its key or number: \(event)")
            return
        }
        count += 1
        if let last = positions[shard], (last.utf8.count, last) >= (number.utf8.count, number) {
            faults.append("\(shard) goes from \(last) to \(number)")
        }
        positions[shard] = number
        if let other = shards.updateValue(shard, forKey: key), other != shard {
            faults.append("\(key) is in \(other) and in \(shard)")
        }
        // A record that is missing, doubled or out of order breaks the chain of images.
        if record.oldImage != items[key] {
            faults.append("\(key) was \(String(describing: record.oldImage)), before \(String(describing: items[key]))")
        }
        if record.oldImage == record.newImage { faults.append("\(key) did not change at \(number)") }
        let expected: StreamEventName =
            record.oldImage == nil ? .insert : record.newImage == nil ? .remove : .modify
        if event.eventName != expected { faults.append("\(key) has an event \(String(describing: event.eventName))") }
        let isByExpiry = event.userIdentity?.principalId == "dynamodb.amazonaws.com"
        if isByExpiry != (expected == .remove && record.oldImage?["ttl"] != nil) {
            faults.append("\(key) has the identity \(String(describing: event.userIdentity))")
        }
        items[key] = record.newImage
    }
}
