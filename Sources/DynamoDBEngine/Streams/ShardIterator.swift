internal import DynamoDB

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
