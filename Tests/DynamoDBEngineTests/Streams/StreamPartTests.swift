import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

/// The parts of streams alone.
@Suite struct StreamPartTests {
    @Test func sequenceNumbersKeepTheirOrderAsText() throws {
        let commits: [UInt64] = [0, 1, 99_999, 1_764_027_237_000_123, 9_999_999_999_999_999, UInt64.max / 2]
        let numbers = commits.flatMap { commit in
            [0, 1, 9_999, .max].map { SequenceNumber(commit: commit, place: $0) }
        }
        for (one, other) in zip(numbers, numbers.dropFirst()) {
            #expect(one < other)
            #expect(try #require(UInt128(one.text)) < #require(UInt128(other.text)))
        }
        for number in numbers {
            #expect((21...40).contains(number.text.utf8.count))
            #expect(SequenceNumber(number.text) == number)
            #expect(number < number.next)
        }
        for text in ["", "12", "00000000000000000000x", "-00000000000000000001", String(repeating: "9", count: 40)] {
            #expect(SequenceNumber(text) == nil)
        }
    }

    @Test func keysAreInOrderOfTheSequence() throws {
        let shard = StreamShard(table: 7, number: 2)
        var keys: [[UInt8]] = []
        for commit in [1, 255, 256, 1 << 40] as [UInt64] {
            for place in [0, 1, 256] as [UInt16] {
                var key: [UInt8] = []
                shard.appendKey(SequenceNumber(commit: commit, place: place), to: &key)
                #expect(shard.range.contains(key))
                let read = try key.withUnsafeBytes { try StreamShard.sequenceNumber(inKey: $0) }
                #expect(read == SequenceNumber(commit: commit, place: place))
                keys.append(key)
            }
        }
        #expect(keys == keys.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(!StreamShard(table: 7, number: 1).range.contains(keys[0]))
    }

    @Test func everyShardHasItsPartOfTheHashes() {
        let shards = [0x00, 0x3F, 0x40, 0x7F, 0x80, 0xBF, 0xC0, 0xFF].map { byte in
            StreamShard(of: [0, 0, 0, 1, byte, 0, 0, 0], in: 1).number
        }
        #expect(shards == [0, 0, 1, 1, 2, 2, 3, 3])
    }

    @Test func iteratorsAreReadBack() throws {
        let arn = "arn:aws:dynamodb:local:000000000000:table/T/stream/2026-11-24T23:33:57.000000"
        for position in [nil, SequenceNumber(commit: 5, place: 6)] {
            let iterator = ShardIterator(arn: arn, shard: 3, position: position, issued: 12)
            #expect(try ShardIterator(iterator.text) == iterator)
        }
        for text in [
            "", "x", "\(arn)|4||12", "\(arn)|1|5|12", "\(arn)|1|5.x|12", "\(arn)|1||\(UInt64.max)", "a|1||2|3",
        ] {
            #expect(throws: DynamoDBError.self) { try ShardIterator(text) }
        }
    }

    @Test func itemsAreComparedByValue() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<2_000 {
            let item = random.item()
            var other = item
            // The same contents in another order: a dictionary keeps the order of its capacity.
            var again = Item(minimumCapacity: 64)
            for (name, value) in item.sorted(by: { $0.key > $1.key }) { again[name] = value }
            if Bool.random(using: &random), let name = item.keys.randomElement(using: &random) {
                other[name] = random.value()
            }
            #expect(try Self.areEqual(item, again))
            #expect(try Self.areEqual(item, other) == (item == other))
        }
    }

    private static func areEqual(_ one: Item, _ other: Item) throws -> Bool {
        let (one, other) = (try StoredItemEncoder.encode(one).bytes, try StoredItemEncoder.encode(other).bytes)
        return try one.withUnsafeBytes { one in
            try other.withUnsafeBytes { try StoredItem(one).hasSameValue(as: try StoredItem($0)) }
        }
    }

    @Test func damagedRecordsAreRefused() throws {
        let item = try StoredItemEncoder.encode(["id": .number(1), "text": .string("some")]).bytes
        var record: [UInt8] = []
        try item.withUnsafeBytes { bytes in
            let stored = try StoredItem(bytes)
            StoredChange(.modify, old: stored, new: stored).append(to: &record)
        }
        for length in 0..<record.count {
            _ = record[..<length].withUnsafeBytes { bytes in
                #expect(throws: StoredDataError.self) { try StoredChange(bytes) }
            }
        }
        try record.withUnsafeBytes { bytes in
            let change = try StoredChange(bytes)
            #expect(change.name == .modify && !change.isExpiry && change.key == nil)
            #expect(try change.old?.item() == change.new?.item())
        }
    }
}
