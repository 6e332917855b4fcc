public import Foundation
import Postgres

extension LicenseStore {
    /// Takes a licence back. Doing it again changes nothing, neither the time nor the reason.
    ///
    /// Its holder's programs learn it from the next list (``revocations(by:at:lifetime:)``).
    ///
    /// - Parameters:
    ///   - id: The licence.
    ///   - reason: Why, for `revoked_licenses`.
    /// - Throws: ``LicenseStoreError/notFound(_:)``, also for who may see the licence and not revoke it; `PostgresError`.
    @discardableResult
    public func revoke(_ id: UUID, reason: String? = nil) async throws -> License {
        let rows = try await connection.query(
            """
            WITH gone AS (
              UPDATE licenses SET revoked = true WHERE id = \(id) AND NOT revoked
              RETURNING \(unsafeSQL: License.columnList)
            ), noted AS (
              INSERT INTO revoked_licenses (license_key, reason, revoked_at)
              SELECT license_key, \(reason), revoked_at FROM gone ON CONFLICT (license_key) DO NOTHING
            )
            SELECT * FROM gone
            """)
        if let row = rows.first { return try License(row) }
        let present = try await license(id)
        guard present.revokedAt != nil else { throw LicenseStoreError.notFound(id) }
        return present
    }

    /// The licences that were revoked, without those that expired more than a day ago: nobody accepts them any more.
    ///
    /// Also those of tokens that `revoked_licenses` names and no row of `licenses` does.
    ///
    /// - Throws: `PostgresError`.
    public func revoked(at moment: Timestamp = .now()) async throws -> Set<UUID> {
        let end = (moment - .seconds(86_400)).date
        let rows = try await connection.query(
            """
            SELECT id, NULL::text FROM licenses WHERE revoked AND (expires_at IS NULL OR expires_at > \(end))
            UNION ALL
            SELECT licenses.id, license_key FROM revoked_licenses LEFT JOIN licenses USING (license_key)
            WHERE expires_at IS NULL OR expires_at > \(end)
            """
        ).decode((UUID?, String?).self)
        return Set(rows.compactMap { id, key in id ?? key.flatMap(LicenseClaims.idOfUnverified) })
    }

    /// A signed list of the revoked licences, for programs that verify without a database.
    ///
    /// - Parameters:
    ///   - signer: The key that signs it.
    ///   - moment: The present.
    ///   - lifetime: For how long programs may rely on it.
    /// - Throws: `PostgresError`.
    public func revocations(
        by signer: LicenseSigner, at moment: Timestamp = .now(), lifetime: Duration = .seconds(86_400)
    ) async throws -> String {
        try await signer.sign(revoking: try await revoked(at: moment), at: moment, lifetime: lifetime)
    }
}
