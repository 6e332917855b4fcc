import MiyabiDatabase

/// A licence as the command line tells it.
struct LicenseReport: Encodable {
    let id: String
    let userID: String
    let pluginID: String
    let tier: String
    let status: String
    let issuedAt: String
    let expiresAt: String?
    let revokedAt: String?
    /// The token, where it was asked for: a list is no place for what lets people in.
    let licenseKey: String?

    init(_ license: License, withKey: Bool = false) {
        id = license.id.lowercased
        userID = license.userID.lowercased
        pluginID = license.pluginID
        tier = license.tier.rawValue
        status = license.status().rawValue
        issuedAt = Timestamp(license.issuedAt).description
        expiresAt = license.expiresAt.map { Timestamp($0).description }
        revokedAt = license.revokedAt.map { Timestamp($0).description }
        licenseKey = withKey ? license.key : nil
    }

    static var table: Table { Table("ID", "STATUS", "PLUGIN", "TIER", "USER", "EXPIRES") }

    func add(to table: inout Table) {
        table.add(id, status, pluginID, tier, userID, revokedAt.map { "revoked \($0)" } ?? expiresAt ?? "never")
    }
}
