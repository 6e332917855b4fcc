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
