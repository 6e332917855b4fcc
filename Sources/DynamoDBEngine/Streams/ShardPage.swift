import DynamoDB

/// Records of one shard in their order.
struct ShardPage: Sendable {
    private(set) var events: [StreamEvent] = []
    /// Where to go on; nil at the end of a closed shard.
    private(set) var next: SequenceNumber?
    private var bytes = 0

    /// Reads a page.
    ///
    /// - Parameters:
    ///   - position: the first record that is wanted; nil for the oldest that is kept.
    ///   - limit: the most records.
    ///   - region: what the records say.
    static func read(
        _ stream: OpenedStream, _ shard: StreamShard, from position: SequenceNumber?, limit: Int, _ core: EngineCore,
        region: String
    ) async throws -> ShardPage {
        if let position { try stream.checkHorizon(position) }
        let start = position ?? SequenceNumber(commit: stream.horizon)
        // Read before the store, so that nothing below it is still to come: no record is ever passed over.
        let settled = core.commits.clock.settled
        let end = SequenceNumber(commit: min(settled, stream.stream.end ?? settled) + 1)
        let isClosed = stream.stream.end.map { $0 <= settled } == true
        var page = ShardPage()
        guard start < end else {
            page.next = isClosed ? nil : start
            return page
        }
        page.next = start
        return try await core.reads.pages(page) { [database = core.database] page, _, budget in
            let cursor = RangeCursor(
                database, .streams, in: shard.range(from: page.next ?? start, to: end), forward: true,
                withinPrefix: false)
            while try cursor.isValid() {
                let number = try StreamShard.sequenceNumber(inKey: cursor.key)
                page.next = number
                let size = cursor.value.count
                guard page.events.count < limit, page.bytes + size <= Limits.pageSize || page.events.isEmpty else {
                    return true
                }
                if budget.isSpent { return false }
                page.events.append(
                    try StreamEvent(try StoredChange(cursor.value), number, in: shard, of: stream, region))
                page.bytes += size
                budget.take(size)
                page.next = number.next
                cursor.advance()
            }
            page.next = isClosed ? nil : end
            return true
        }
    }
}

extension StreamEvent {
    fileprivate init(
        _ change: StoredChange, _ number: SequenceNumber, in shard: StreamShard, of stream: OpenedStream,
        _ region: String
    ) throws(StoredDataError) {
        let new = try change.new?.item()
        let old = try change.old?.item()
        let keyNames = stream.table.key.all.map(\.name)
        let key = try change.key?.item()
        guard let keys = (new ?? old ?? key)?.filter({ keyNames.contains($0.key) }) else { throw .malformed }
        self.init(
            eventID: StreamEvent.id(number, in: shard), eventName: change.name, eventVersion: "1.1",
            eventSource: "aws:dynamodb", awsRegion: region,
            dynamodb: StreamRecord(
                approximateCreationDateTime: Double(number.commit / 1_000_000), keys: keys, newImage: new,
                oldImage: old, sequenceNumber: number.text,
                sizeBytes: keys.sizeInBytes + (change.new?.size ?? 0) + (change.old?.size ?? 0),
                streamViewType: stream.stream.view),
            userIdentity: change.isExpiry
                ? StreamIdentity(principalId: "dynamodb.amazonaws.com", type: "Service") : nil)
    }

    /// 32 hexadecimal digits, as on AWS: the record's key in the store.
    private static func id(_ number: SequenceNumber, in shard: StreamShard) -> String {
        var key: [UInt8] = []
        shard.appendKey(number, to: &key)
        return key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "00"
    }
}

/// A place in a shard, and when it was given out.
struct ShardIterator: Equatable, Sendable {
    var arn: String
    var shard: UInt8
    /// The first record that is wanted; nil for the oldest that is kept.
    var position: SequenceNumber?
    /// Microseconds since 1970.
    var issued: UInt64

    /// AWS takes iterators for fifteen minutes.
    private static let lifetime: UInt64 = 15 * 60 * 1_000_000

    /// - Throws: `ExpiredIteratorException`.
    func checkAge(at now: UInt64) throws(DynamoDBError) {
        guard now <= issued + ShardIterator.lifetime else {
            throw DynamoDBError(
                code: .expiredIteratorException,
                message: "Iterator expired. It was issued at \(timestamp(microsecondsSince1970: issued)), more than 15 "
                    + "minutes before \(timestamp(microsecondsSince1970: now))")
        }
    }
}

// MARK: - As text
extension ShardIterator {
    /// What a caller holds; it is not meant to be read.
    var text: String {
        let position = position.map { "\($0.commit).\($0.place)" } ?? ""
        return "\(arn)|\(shard)|\(position)|\(issued)"
    }

    /// - Throws: `ValidationException` for what ``text`` cannot have written.
    init(_ text: String) throws(DynamoDBError) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 4, let shard = UInt8(parts[1]), shard < StreamShard.count, let issued = UInt64(parts[3]),
            issued < .max / 2
        else { throw .validation("Invalid ShardIterator") }
        (arn, self.shard, self.issued) = (String(parts[0]), shard, issued)
        guard !parts[2].isEmpty else { return }
        let numbers = parts[2].split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 2, let commit = UInt64(numbers[0]), commit < .max / 2, let place = UInt16(numbers[1])
        else { throw .validation("Invalid ShardIterator") }
        position = SequenceNumber(commit: commit, place: place)
    }
}
