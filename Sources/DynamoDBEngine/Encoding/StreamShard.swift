/// A shard of a table's streams: the items of one part of the partition hashes.
///
/// An item stays in its shard, so that its changes are in order there. Key of a record:
/// ```
/// table id(u32 BE) shard(1) commit number(u64 BE) place within the commit(u16 BE)
/// ```
struct StreamShard: Equatable, Sendable {
    /// A power of two: a shard has an equal range of hashes.
    static let count: UInt8 = 4

    let table: UInt32
    let number: UInt8

    init(table: UInt32, number: UInt8) {
        self.table = table
        self.number = number
    }

    /// The shard of the item with that storage key; see ``ItemKey``.
    init(of key: [UInt8], in table: UInt32) {
        self.init(table: table, number: key[4] / (UInt8.max / StreamShard.count + 1))
    }

    static func all(of table: UInt32) -> [StreamShard] {
        (0..<count).map { StreamShard(table: table, number: $0) }
    }

    // MARK: Keys

    private static let keyLength = 15

    func appendKey(_ number: SequenceNumber, to bytes: inout [UInt8]) {
        bytes.append(bigEndian: table)
        bytes.append(self.number)
        bytes.append(bigEndian: number.commit)
        bytes.append(UInt8(number.place >> 8))
        bytes.append(UInt8(truncatingIfNeeded: number.place))
    }

    /// The records from `lower` up to but not including `upper`.
    func range(from lower: SequenceNumber, to upper: SequenceNumber) -> KeyRange {
        var range = KeyRange(from: [], to: [])
        appendKey(lower, to: &range.lower)
        appendKey(upper, to: &range.upper)
        return range
    }

    /// All records.
    var range: KeyRange {
        var prefix: [UInt8] = []
        prefix.append(bigEndian: table)
        prefix.append(number)
        return KeyRange(prefix: prefix)
    }

    static func sequenceNumber(inKey key: UnsafeRawBufferPointer) throws(StoredDataError) -> SequenceNumber {
        guard key.count == keyLength else { throw .malformed }
        return SequenceNumber(
            commit: UInt64(bigEndian: key.loadUnaligned(fromByteOffset: 5, as: UInt64.self)),
            place: UInt16(bigEndian: key.loadUnaligned(fromByteOffset: 13, as: UInt16.self)))
    }
}

/// The place of a record in its shard: the number of its commit, and its place among the commit's records.
struct SequenceNumber: Comparable, Sendable {
    var commit: UInt64
    var place: UInt16 = 0

    static func < (left: SequenceNumber, right: SequenceNumber) -> Bool {
        (left.commit, left.place) < (right.commit, right.place)
    }

    /// The smallest number that is greater.
    var next: SequenceNumber {
        place == .max ? SequenceNumber(commit: commit + 1) : SequenceNumber(commit: commit, place: place + 1)
    }
}

// MARK: - As text
extension SequenceNumber {
    private static let placeFactor: UInt128 = 100_000
    /// AWS has 21 to 40 digits; microseconds and place make 21 until the year 2286.
    private static let digits = 21

    /// A decimal number that ascends with the sequence.
    var text: String {
        let text = String(UInt128(commit) * SequenceNumber.placeFactor + UInt128(place))
        return String(repeating: "0", count: max(0, SequenceNumber.digits - text.utf8.count)) + text
    }

    /// Reads what ``text`` wrote; nil for what it cannot have written.
    init?(_ text: String) {
        guard (SequenceNumber.digits...40).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = UInt128(text),
            let commit = UInt64(exactly: number / SequenceNumber.placeFactor),
            let place = UInt16(exactly: number % SequenceNumber.placeFactor)
        else { return nil }
        self.init(commit: commit, place: place)
    }
}
