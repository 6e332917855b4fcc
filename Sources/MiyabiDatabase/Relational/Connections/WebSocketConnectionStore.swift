public import Foundation
import Postgres

/// Rows of `websocket_connections` (specification, section 2.2.6).
public struct WebSocketConnectionStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// Begins a connection, or a new life of one: connecting again keeps the row and gives it a new generation.
    ///
    /// - Throws: ``WebSocketConnectionError``; `PostgresError`.
    public func connect(_ connectionID: String, of userID: UUID) async throws -> WebSocketConnection {
        let rows = try await connection.query(
            """
            INSERT INTO websocket_connections AS known (connection_id, user_id) VALUES (\(connectionID), \(userID))
            ON CONFLICT (connection_id) DO UPDATE
            SET generation = DEFAULT, connected_at = excluded.connected_at, last_ping_at = excluded.last_ping_at
            WHERE known.user_id = excluded.user_id
            RETURNING \(unsafeSQL: WebSocketConnection.columnList)
            """)
        guard let row = rows.first else { throw WebSocketConnectionError.belongsToAnother(connectionID: connectionID) }
        return try WebSocketConnection(row)
    }

    /// Ends a connection.
    ///
    /// - Returns: Whether it was there, in this life.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func disconnect(_ ticket: WebSocketConnection.Ticket) async throws -> Bool {
        try await connection.execute(
            """
            DELETE FROM websocket_connections
            WHERE connection_id = \(ticket.connectionID) AND generation = \(ticket.generation)
            """) > 0
    }

    /// The connections of a user, newest first.
    ///
    /// - Parameters:
    ///   - userID: The user.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        of userID: UUID, after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<WebSocketConnection> {
        var listing = Listing<WebSocketConnection>(limit: limit)
        listing.require("user_id", userID)
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }

    /// The names of the connections of some users, all of them, in one statement.
    func names(of users: Set<UUID>) async throws -> [UUID: [String]] {
        let rows = try await connection.query(
            """
            SELECT user_id, connection_id FROM websocket_connections WHERE user_id = ANY(\(Array(users))::uuid[])
            """
        ).decode((UUID, String).self)
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }
}
