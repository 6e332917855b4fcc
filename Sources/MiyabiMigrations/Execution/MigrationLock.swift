public import Foundation
import MiyabiSystem
import Postgres

/// The session-level advisory lock that lets one migrator at a time work on a database: sqlx's lock, so that sqlx and we
/// exclude each other.
struct MigrationLock {
    /// The lock's 64-bit key.
    let key: Int64

    /// The lock of a database: as sqlx derives it, the CRC-32 of the name times a constant. The product of two 32-bit
    /// numbers, of which the constant is below 2^30, fits.
    init(database: String) {
        key = 0x3D32_AD9E * Int64(Self.crc32(database.utf8))
    }

    /// Takes the lock on the session of `connection`.
    ///
    /// The lock is polled for: a session that waits inside `pg_advisory_lock` holds a snapshot, and
    /// `CREATE INDEX CONCURRENTLY` in the session that has the lock would wait for that snapshot for ever.
    ///
    /// - Parameters:
    ///   - timeout: the longest time to wait; with zero the lock is tried for once.
    ///   - onWait: called once, when the lock is found taken.
    /// - Throws: ``MigrationError`` with code `locked`, which names the holder.
    func acquire(
        on connection: PostgresConnection, timeout: Duration, onWait: (MigrationLockHolder?) -> Void
    ) async throws {
        let deadline = ContinuousClock.now + timeout
        var waited = false
        while try await !tryOnce(on: connection) {
            if !waited || ContinuousClock.now >= deadline {
                let holder = try await MigrationLockHolder.find(key: key, on: connection)
                guard ContinuousClock.now < deadline else {
                    throw MigrationError(
                        .locked,
                        "another migrator still holds the lock of this database after \(timeout.short): "
                            + (holder?.description ?? "it let go just now; try again"))
                }
                onWait(holder)
                waited = true
            }
            try await Task.sleep(for: min(.milliseconds(200), ContinuousClock.now.duration(to: deadline)))
        }
    }

    /// Lets the lock go. Closing the connection does as much, a little later.
    func release(on connection: PostgresConnection) async throws {
        _ = try await connection.query("SELECT pg_advisory_unlock(\(key))")
    }

    private func tryOnce(on connection: PostgresConnection) async throws -> Bool {
        try await connection.query("SELECT pg_try_advisory_lock(\(key))").decode(Bool.self).first ?? false
    }

    /// CRC-32 as in ISO HDLC and zip.
    private static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
    }
}

/// A session that a migrator waits for, as `pg_stat_activity` shows it.
public struct MigrationLockHolder: Sendable, Hashable {
    /// The process identifier of the server's backend; 0 stands for a prepared transaction, which has none.
    public let processID: Int32
    /// The role that logged in; nil when we may not know.
    public let user: String?
    /// What the session calls itself; nil when we may not know.
    public let applicationName: String?
    /// The client's address; nil for a Unix socket, or when we may not know.
    public let clientAddress: String?
    /// When the session began; nil when we may not know.
    public let connectedSince: Date?
    /// `active`, `idle`, `idle in transaction`, …; nil when we may not know.
    public let state: String?
    /// When the state last changed; nil when we may not know.
    public let stateSince: Date?

    /// The session that holds the advisory lock `key` of the current database; nil when none does.
    static func find(key: Int64, on connection: PostgresConnection) async throws -> MigrationLockHolder? {
        let rows = try await connection.query(
            """
            SELECT l.pid, a.usename::text, a.application_name, host(a.client_addr), a.backend_start, a.state,
                   a.state_change
            FROM pg_locks l
            LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (l.classid::bigint << 32) | l.objid::bigint = \(key)
            """)
        return try decode(rows).first
    }

    fileprivate static func decode(_ rows: PostgresRows) throws -> [MigrationLockHolder] {
        try rows.decode((Int32, String?, String?, String?, Date?, String?, Date?).self).map {
            MigrationLockHolder(
                processID: $0, user: $1, applicationName: $2, clientAddress: $3, connectedSince: $4, state: $5,
                stateSince: $6)
        }
    }
}

extension [MigrationLockHolder] {
    /// The sessions that the backend `processID` waits for.
    static func blocking(_ processID: Int32, on connection: PostgresConnection) async throws -> [MigrationLockHolder] {
        let rows = try await connection.query(
            """
            SELECT DISTINCT ON (b.pid) b.pid, a.usename::text, a.application_name, host(a.client_addr), a.backend_start,
                   a.state, a.state_change
            FROM unnest(pg_blocking_pids(\(processID))) AS b (pid)
            LEFT JOIN pg_stat_activity a ON a.pid = b.pid
            ORDER BY b.pid
            """)
        return try MigrationLockHolder.decode(rows)
    }
}

extension MigrationLockHolder: CustomStringConvertible {
    /// `pid 4711, user miyabi, application "miyabi migrate", …`, with what is known.
    public var description: String {
        if processID == 0 { return "a prepared transaction (see pg_prepared_xacts)" }
        let application = applicationName.flatMap { $0.isEmpty ? nil : "application \"\($0)\"" }
        let states = state.map { state in "\(state)\(stateSince.map { " since \($0.iso)" } ?? "")" }
        let parts = [
            "pid \(processID)", user.map { "user \($0)" }, application,
            user == nil ? nil : "from \(clientAddress ?? "a Unix socket")",
            connectedSince.map { "connected since \($0.iso)" }, states,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
