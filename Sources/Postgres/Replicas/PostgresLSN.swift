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

extension PostgresPool {
    /// Where the log of this server, a primary, ends now: everything that has been committed lies before it.
    public func logPosition() async throws -> PostgresLSN {
        try await position("SELECT pg_current_wal_insert_lsn()::text")
    }

    /// How far this server, a standby, has replayed the log.
    func replayPosition() async throws -> PostgresLSN { try await position("SELECT pg_last_wal_replay_lsn()::text") }

    private func position(_ query: PostgresQuery) async throws -> PostgresLSN {
        let text = try await self.query(query).decode(String.self).first
        guard let position = text.flatMap(PostgresLSN.init) else {
            throw PostgresError(.decodingFailed, "the server gave no position in its log")
        }
        return position
    }
}
