public import Foundation
public import Postgres

/// A licence of a user's for a plugin: a row of `licenses`.
public struct License: Sendable, Hashable, Identifiable {
    /// The row's id, and the token's `jti`.
    public var id: UUID
    /// Whose it is: a row of users.
    public var userID: UUID
    /// What it is for: a row of plugins.
    public var pluginID: String
    /// The token, which whoever checks it needs.
    public var key: String
    /// What it is sold as.
    public var tier: PluginTier
    /// What it lets one do: an object.
    public var features: PostgresJSON?
    /// How much of it: an object; see ``UsageStore/quotas(user:plugin:month:)``.
    public var limitations: PostgresJSON?
    /// When it was issued.
    public var issuedAt: Date
    /// From when on it is good no more; for ever if nil.
    public var expiresAt: Date?
    /// When it was revoked; nil if it was not.
    public var revokedAt: Date?

    /// How it stands at a moment.
    public func status(at moment: Date = Date()) -> LicenseStatus {
        if revokedAt != nil { return .revoked }
        guard let expiresAt, expiresAt <= moment else { return .good }
        return .expired
    }
}

/// How a licence stands.
public enum LicenseStatus: String, Sendable, Hashable, CaseIterable {
    /// It may be used.
    case good
    /// Its time is over.
    case expired
    /// It was taken back, whether its time is over or not.
    case revoked

    /// The rows that stand so, by the server's clock.
    var condition: String {
        switch self {
        case .good: "NOT revoked AND (expires_at IS NULL OR expires_at > now())"
        case .expired: "NOT revoked AND expires_at <= now()"
        case .revoked: "revoked"
        }
    }
}

extension License: KeysetRow {
    static let table = "licenses"
    static let order = KeysetOrder.time("issued_at") { (row: Self) in row.issuedAt }
    static let columns = [
        "id", "user_id", "plugin_id", "license_key", "tier", "features", "limitations", "issued_at", "expires_at",
        "revoked_at",
    ]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        pluginID = try row.decode("plugin_id")
        key = try row.decode("license_key")
        tier = try row.decode("tier")
        features = try row.decode("features")
        limitations = try row.decode("limitations")
        issuedAt = try row.decode("issued_at")
        expiresAt = try row.decode("expires_at")
        revokedAt = try row.decode("revoked_at")
    }
}

/// Rows of `licenses` and `revoked_licenses`. Users read their own, admins revoke; only the service issues.
public struct LicenseStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// How many bytes a token may have: what an index entry holds, and an HTTP header too. That leaves about 1,600 for the
    /// JSON of features and limitations.
    public static let largestKey = 2_600

    /// The licence.
    ///
    /// - Throws: ``LicenseStoreError/notFound(_:)``; `PostgresError`.
    public func license(_ id: UUID) async throws -> License {
        let rows = try await connection.query("SELECT \(unsafeSQL: License.columnList) FROM licenses WHERE id = \(id)")
        guard let row = rows.first else { throw LicenseStoreError.notFound(id) }
        return try License(row)
    }

    /// The licence of a token; nil if there is none, or none that the caller may see.
    ///
    /// - Throws: `PostgresError`.
    public func license(key: String) async throws -> License? {
        try await connection.query(
            "SELECT \(unsafeSQL: License.columnList) FROM licenses WHERE license_key = \(key)"
        ).first.map { try License($0) }
    }

    /// Which licences to list: those that have every value that is set.
    public struct Filter: Sendable, Hashable {
        /// Whose.
        public var userID: UUID?
        /// For which plugin.
        public var pluginID: String?
        /// How they stand now.
        public var status: LicenseStatus?

        /// Which licences to list.
        public init(userID: UUID? = nil, pluginID: String? = nil, status: LicenseStatus? = nil) {
            self.userID = userID
            self.pluginID = pluginID
            self.status = status
        }
    }

    /// Licences, newest first.
    ///
    /// - Parameters:
    ///   - filter: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ filter: Filter = Filter(), after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<License> {
        var listing = Listing<License>(limit: limit)
        listing.require("user_id", filter.userID)
        listing.require("plugin_id", filter.pluginID)
        if let status = filter.status { listing.requireFlag(status.condition) }
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}

/// What cannot be done to licences.
public enum LicenseStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No licence has this id, or none that the caller may see, or revoke.
    case notFound(UUID)
    /// No plugin has this id.
    case noPlugin(String)
    /// The token would have so many bytes, which ``LicenseStore/largestKey`` does not allow.
    case tooLarge(Int)

    /// One sentence.
    public var description: String {
        switch self {
        case .notFound(let id): "There is no licence \(id.lowercased)."
        case .noPlugin(let id): "There is no plugin \(id.debugDescription)."
        case .tooLarge(let bytes):
            "The licence would be \(bytes) bytes long, and the limit is \(LicenseStore.largestKey): list fewer features."
        }
    }
}

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
