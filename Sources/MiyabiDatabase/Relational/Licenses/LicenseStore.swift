public import Foundation
import Postgres

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
            "The licence would have \(bytes) bytes, and may have \(LicenseStore.largestKey): name fewer features."
        }
    }
}
