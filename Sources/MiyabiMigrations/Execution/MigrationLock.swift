import MiyabiSystem
internal import Postgres

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
