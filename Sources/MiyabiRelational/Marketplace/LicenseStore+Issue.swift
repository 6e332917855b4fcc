public import Foundation
public import Postgres

extension LicenseStore {
    /// A licence that is to be issued. What is left out is the plugin's: what was sold stays when the plugin changes.
    public struct Grant: Sendable, Hashable {
        /// Whose it becomes: a row of users.
        public var userID: UUID
        /// What it is for: a row of plugins.
        public var pluginID: String
        /// Before this moment it is not valid; nil for now.
        public var notBefore: Timestamp?
        /// From this moment on it is not valid; nil for no end.
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
    /// - Throws: ``LicenseStoreError``; `DecodingError` for features that are no JSON; `PostgresError`: a violation of `user_id` if there is no such user, of
    ///   `expires_at` and `issued_at` if it would end before it begins.
    @discardableResult
    public func issue(_ grant: Grant, by signer: LicenseSigner, at moment: Timestamp = .now()) async throws -> License {
        try await issue(grant, of: plugin(grant.pluginID), by: signer, at: moment)
    }

    private func issue(
        _ grant: Grant, of plugin: Plugin, by signer: LicenseSigner, at moment: Timestamp
    ) async throws -> License {
        let features = grant.features ?? plugin.content.features
        let limitations = grant.limitations ?? plugin.content.limitations
        let claims = LicenseClaims(
            issuer: signer.issuer, userID: grant.userID, pluginID: grant.pluginID, issuedAt: moment,
            notBefore: grant.notBefore, expiresAt: grant.expiresAt, tier: grant.tier ?? plugin.entry.offer.tier,
            features: try features.map { try JSONValue(json: $0.text) },
            limitations: try limitations.map { try JSONValue(json: $0.text) })
        let token = try await signer.sign(claims)
        guard token.utf8.count <= Self.largestKey else { throw LicenseStoreError.tooLarge(token.utf8.count) }
        // Not cut to seconds as in the token: of two licences of one second, the newer one is known.
        let rows = try await connection.query(
            """
            INSERT INTO licenses
              (id, user_id, plugin_id, license_key, tier, features, limitations, issued_at, expires_at)
            VALUES (\(claims.id), \(claims.userID), \(claims.pluginID), \(token), \(claims.tier),
              \(features), \(limitations), \(moment.date), \(claims.expiresAt?.date))
            RETURNING \(unsafeSQL: License.columnList)
            """)
        return try License(rows[0])
    }

    /// Begins a trial: issues a licence for the plugin's trial period, and stores the trial beside it.
    ///
    /// - Throws: ``TrialError/notOffered(pluginID:)`` when the plugin has no trial period, or one of 0 days; what
    ///   ``issue(_:by:at:)`` throws; `PostgresError`: a violation of `user_id` and `plugin_id` if the user has tried the plugin.
    @discardableResult
    public func issueTrial(
        of pluginID: String, to userID: UUID, by signer: LicenseSigner, at moment: Timestamp = .now()
    ) async throws -> License {
        let plugin = try await plugin(pluginID)
        let days = plugin.entry.offer.trialDays
        guard days > 0 else { throw TrialError.notOffered(pluginID: pluginID) }
        let grant = Grant(userID: userID, pluginID: pluginID, expiresAt: moment + .seconds(days * 86_400))
        let license = try await issue(grant, of: plugin, by: signer, at: moment)
        try await TrialStore(connection: connection, cursorKey: cursorKey)
            .start(userID: userID, pluginID: pluginID, licenseKey: license.key)
        return license
    }

    private func plugin(_ id: String) async throws -> Plugin {
        let found = try await PluginStore(connection: connection, cursorKey: cursorKey).plugin(id)
        guard let found else { throw LicenseStoreError.noPlugin(id) }
        return found
    }
}
