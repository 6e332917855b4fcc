public import Foundation
import Postgres

/// A plugin that a user tries without paying: a row of `trials`. A user tries a plugin once.
public struct Trial: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// Whose it is: a row of users.
    public var userID: UUID
    /// The plugin.
    public var pluginID: String
    /// The licence that comes with it.
    public var licenseKey: String
    /// When it began.
    public var startedAt: Date
    /// When it is over, unless it was ended before.
    public var expiresAt: Date
    /// When it was ended, by a subscription or by the sweep of what is over; nil until then.
    public var endedAt: Date?
}

extension Trial: KeysetRow {
    static let table = "trials"
    static let order = KeysetOrder.time("started_at") { (row: Self) in row.startedAt }
    static let columns = ["id", "user_id", "plugin_id", "license_key", "started_at", "expires_at", "ended_at"]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        pluginID = try row.decode("plugin_id")
        licenseKey = try row.decode("license_key")
        startedAt = try row.decode("started_at")
        expiresAt = try row.decode("expires_at")
        endedAt = try row.decode("ended_at")
    }
}

/// What cannot be done to a trial. Nothing was changed.
public enum TrialError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No plugin has this id, or it cannot be tried: its trial period is 0 days, or it has none.
    case notOffered(pluginID: String)
    /// No trial has this id, or none that the caller may see.
    case notFound(UUID)
    /// The trial is over.
    case over(UUID)

    /// One sentence.
    public var description: String {
        switch self {
        case .notOffered(let pluginID): "Plugin \(pluginID) cannot be tried."
        case .notFound(let id): "There is no trial \(id.lowercased)."
        case .over(let id): "Trial \(id.lowercased) is over."
        }
    }
}
