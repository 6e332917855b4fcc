/// A universally unique, lexicographically sortable identifier: 48 bits of Unix milliseconds, then 80 bits that make
/// it unique, written as 26 characters of Crockford's base 32.
///
/// The text of an earlier ULID sorts before the text of a later one, byte by byte, which is what a DynamoDB sort key
/// needs. Format: the ULID specification, <https://github.com/ulid/spec>.
public struct ULID: Sendable, Hashable, Comparable {
    /// The 128 bits: time in the upper 48, the rest below.
    public let bits: UInt128

    /// The largest time that fits: 2^48 - 1 ms, in the year 10889.
    public static let latest = Timestamp(milliseconds: (1 << 48) - 1)

    /// A ULID of the given bits.
    public init(bits: UInt128) {
        self.bits = bits
    }

    /// A ULID of a moment and the first ten of some bytes, most significant first.
    ///
    /// Hand it a digest of some content (at least 10 bytes, of which it takes the first 10) and the same content at
    /// the same moment always gets the same identifier: this is how imports stay idempotent.
    /// Nil when the moment is before 1970 or after ``latest``, or when there are fewer than 10 bytes.
    public init?(timestamp: Timestamp, digest: some Sequence<UInt8>) {
        guard timestamp.milliseconds >= 0, timestamp <= ULID.latest else { return nil }
        var bits = UInt128(timestamp.milliseconds)
        var count = 0
        for byte in digest.prefix(10) {
            bits = bits << 8 | UInt128(byte)
            count += 1
        }
        guard count == 10 else { return nil }
        self.init(bits: bits)
    }

    /// The smallest ULID of a moment; nil before 1970 or after ``latest``.
    public init?(smallestAt timestamp: Timestamp) {
        guard timestamp.milliseconds >= 0, timestamp <= ULID.latest else { return nil }
        self.init(bits: UInt128(timestamp.milliseconds) << 80)
    }

    /// When it was made.
    public var timestamp: Timestamp {
        Timestamp(milliseconds: Int64(bits >> 80))
    }

    /// The next larger ULID; nil for the largest of all.
    public var successor: ULID? {
        bits == .max ? nil : ULID(bits: bits + 1)
    }

    /// By time, then by the rest.
    public static func < (left: ULID, right: ULID) -> Bool {
        left.bits < right.bits
    }
}
