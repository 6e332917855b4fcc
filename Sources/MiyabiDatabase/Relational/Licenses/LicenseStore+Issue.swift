public import Foundation
public import Postgres

extension LicenseStore {
    /// A licence that is to be issued. What is left out is the plugin's: what was sold stays when the plugin changes.
    public struct Grant: Sendable, Hashable {
        /// Whose it becomes: a row of users.
        public var userID: UUID
        /// What it is for: a row of plugins.
        public var pluginID: String
        /// From when on it is good, if that is later than now.
        public var notBefore: Timestamp?
        /// From when on it is good no more; for ever if nil.
        public var expiresAt: Timestamp?
        /// What it is sold as.
        public var tier: PluginTier?
        /// What it lets one do: an object.
        public var features: PostgresJSON?
        /// How much of it: an object.
        public var limitations: PostgresJSON?

        /// A licence that is to be issued.
        public init(
            userID: UUID, pluginID: String, notBefore: Timestamp? = nil, expiresAt: Timestamp? = nil,
            tier: PluginTier? = nil, features: PostgresJSON? = nil, limitations: PostgresJSON? = nil
        ) {
            self.userID = userID
            self.pluginID = pluginID
            self.notBefore = notBefore
            self.expiresAt = expiresAt
            self.tier = tier
            self.features = features
            self.limitations = limitations
        }
    }

    /// Issues a licence: signs its token and stores both.
    ///
    /// - Parameters:
    ///   - grant: Which.
    ///   - signer: The key that signs it.
    ///   - moment: The present.
    /// - Throws: ``LicenseStoreError``; `PostgresError`: a violation of `user_id` if there is no such user, of
    ///   `expires_at` and `issued_at` if it would end before it begins.
    @discardableResult
    public func issue(_ grant: Grant, by signer: LicenseSigner, at moment: Timestamp = .now()) async throws -> License {
        let offers = try await connection.query(
            "SELECT tier, features, limitations FROM plugins WHERE id = \(grant.pluginID)"
        ).decode((PluginTier, PostgresJSON?, PostgresJSON?).self)
        guard let (tier, features, limitations) = offers.first else { throw LicenseStoreError.noPlugin(grant.pluginID) }
        let claims = LicenseClaims(
            issuer: signer.issuer, userID: grant.userID, pluginID: grant.pluginID, issuedAt: moment,
            notBefore: grant.notBefore, expiresAt: grant.expiresAt, tier: grant.tier ?? tier,
            features: grant.features ?? features, limitations: grant.limitations ?? limitations)
        let token = try await signer.sign(claims)
        guard token.utf8.count <= Self.largestKey else { throw LicenseStoreError.tooLarge(token.utf8.count) }
        let rows = try await connection.query(
            """
            INSERT INTO licenses
              (id, user_id, plugin_id, license_key, tier, features, limitations, issued_at, expires_at)
            VALUES (\(claims.id), \(claims.userID), \(claims.pluginID), \(token), \(claims.tier),
              \(claims.features), \(claims.limitations), \(claims.issuedAt.date), \(claims.expiresAt?.date))
            RETURNING \(unsafeSQL: License.columnList)
            """)
        return try License(rows[0])
    }

    /// Issues a licence for the plugin's trial period.
    ///
    /// - Throws: ``LicenseStoreError/noTrial(_:)`` when the plugin has no trial period, or one of 0 days; what
    ///   ``issue(_:by:at:)`` throws.
    @discardableResult
    public func issueTrial(
        of pluginID: String, to userID: UUID, by signer: LicenseSigner, at moment: Timestamp = .now()
    ) async throws -> License {
        let periods = try await connection.query("SELECT trial_period FROM plugins WHERE id = \(pluginID)")
            .decode(Int?.self)
        guard let period = periods.first else { throw LicenseStoreError.noPlugin(pluginID) }
        guard let days = period, days > 0 else { throw LicenseStoreError.noTrial(pluginID) }
        let grant = Grant(userID: userID, pluginID: pluginID, expiresAt: moment + .seconds(days * 86_400))
        return try await issue(grant, by: signer, at: moment)
    }
}
