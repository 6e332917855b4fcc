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
