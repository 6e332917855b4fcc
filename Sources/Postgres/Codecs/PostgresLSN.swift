/// A position in the server's write-ahead log, `pg_lsn` in SQL. Whatever was committed before it was taken on the
/// primary can be read where the log has been replayed up to it.
public struct PostgresLSN: Sendable, Hashable, Comparable, LosslessStringConvertible {
    /// Bytes since the log began.
    public let rawValue: UInt64

    /// A position, so many bytes into the log.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Reads PostgreSQL's notation, two hexadecimal halves such as `16/B374D848`.
    public init?(_ description: String) {
        let halves = description.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, let high = UInt32(halves[0], radix: 16), let low = UInt32(halves[1], radix: 16) else {
            return nil
        }
        rawValue = UInt64(high) << 32 | UInt64(low)
    }

    /// PostgreSQL's notation.
    public var description: String {
        String(rawValue >> 32, radix: 16, uppercase: true) + "/"
            + String(rawValue & 0xFFFF_FFFF, radix: 16, uppercase: true)
    }

    /// The earlier position is the lesser.
    public static func < (left: PostgresLSN, right: PostgresLSN) -> Bool { left.rawValue < right.rawValue }
}
