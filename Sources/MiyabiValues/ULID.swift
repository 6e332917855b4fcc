import Synchronization

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

extension ULID: LosslessStringConvertible {
    /// The number of characters in the text form.
    public static let textLength = 26

    /// Reads the text form. Letters may be of either case; `I`, `L` and `O` are refused, as is a text above the
    /// largest ULID, `7ZZZZZZZZZZZZZZZZZZZZZZZZZ`. Nil for anything but 26 such characters.
    public init?(_ text: String) {
        self.init(text[...])
    }

    /// Reads the text form from part of a string.
    public init?(_ text: Substring) {
        guard text.utf8.count == ULID.textLength else { return nil }
        var bits: UInt128 = 0
        for (position, character) in text.utf8.enumerated() {
            let value = digitValues[Int(character)]
            // 26 characters hold 130 bits: the first may use only three of its five.
            guard value < (position == 0 ? 8 : 32) else { return nil }
            bits = bits << 5 | UInt128(value)
        }
        self.init(bits: bits)
    }

    /// 26 upper-case characters.
    public var description: String {
        String(unsafeUninitializedCapacity: ULID.textLength) { buffer in
            var rest = bits
            for position in stride(from: ULID.textLength - 1, through: 0, by: -1) {
                buffer[position] = digits[Int(truncatingIfNeeded: rest & 31)]
                rest >>= 5
            }
            return ULID.textLength
        }
    }
}

/// Crockford's base 32: no I, L, O or U.
private let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

/// The value of each byte as a digit; 255 where it is none.
private let digitValues: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in digits.enumerated() {
        values[Int(digit)] = UInt8(value)
        if digit >= 0x41 { values[Int(digit) + 0x20] = UInt8(value) }
    }
    return values
}()

/// Makes ULIDs that only grow within a process, however many tasks ask at once.
public final class ULIDGenerator: Sendable {
    /// The process's generator.
    public static let shared = ULIDGenerator()

    private let clock: @Sendable () -> Timestamp
    private let last = Mutex(ULID(bits: 0))

    /// A generator that reads a clock; tests hand in their own.
    public init(clock: @escaping @Sendable () -> Timestamp = Timestamp.now) {
        self.clock = clock
    }

    /// A ULID larger than every other that this method returned.
    ///
    /// When the clock stands still or goes back, the previous ULID plus one serves: its time may then be ahead of the
    /// clock, by as much as the clock went back. A clock that reads before 1970 counts as 1970.
    public func next() -> ULID {
        let fresh = random(at: clock())
        return last.withLock { last in
            let previous = last
            last = fresh.timestamp > previous.timestamp ? fresh : previous.successor ?? previous
            return last
        }
    }

    /// A ULID of a moment that the caller knows, in no order with others of the same millisecond.
    public func unordered(at moment: Timestamp) -> ULID {
        random(at: moment)
    }

    /// The highest of the 80 bits stays 0, so that counting up from here cannot reach the next millisecond.
    private func random(at moment: Timestamp) -> ULID {
        let milliseconds = min(max(moment.milliseconds, 0), ULID.latest.milliseconds)
        let random = UInt128.random(in: 0..<(1 << 79))
        return ULID(bits: UInt128(milliseconds) << 80 | random)
    }
}
