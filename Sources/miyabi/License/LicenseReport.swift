import Foundation
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

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// One line.
    var text: String {
        let end = revokedAt.map { "revoked \($0)" } ?? expiresAt.map { "until \($0)" } ?? "for ever"
        return
            "\(id)  \(status.padding(toLength: 7, withPad: " ", startingAt: 0))  \(pluginID) \(tier)  user \(userID)  \(end)"
    }
}
