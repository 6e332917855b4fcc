public import Foundation
import Postgres

/// A browser that is connected: a row of `websocket_connections` (specification, section 2.2.6).
public struct WebSocketConnection: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// Whose browser it is: a row of web_users.
    public var userID: UUID
    /// The connection, and which of its lives.
    public var ticket: Ticket
    /// When this life began.
    public var connectedAt: Date
    /// When it was last heard of.
    public var lastPingAt: Date

    /// One life of a connection. Who holds the ticket of an earlier one changes nothing any more.
    public struct Ticket: Sendable, Hashable {
        /// The client's name for the connection; 1 to 255 characters.
        public var connectionID: String
        /// Higher with every reconnection, also after the row was removed.
        public var generation: Int64
    }
}

extension WebSocketConnection: KeysetRow {
    static let table = "websocket_connections"
    static let order = KeysetOrder.time("connected_at") { (row: Self) in row.connectedAt }
    static let columns = ["id", "user_id", "connection_id", "generation", "connected_at", "last_ping_at"]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        ticket = Ticket(connectionID: try row.decode("connection_id"), generation: try row.decode("generation"))
        connectedAt = try row.decode("connected_at")
        lastPingAt = try row.decode("last_ping_at")
    }
}

/// Why somebody cannot connect.
public enum WebSocketConnectionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The connection is another user's. It was not changed.
    case belongsToAnother(connectionID: String)

    /// One sentence.
    public var description: String {
        switch self {
        case .belongsToAnother(let id): "The connection \(id.debugDescription) belongs to another user."
        }
    }
}

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
    package func names(of users: Set<UUID>) async throws -> [UUID: [String]] {
        let rows = try await connection.query(
            """
            SELECT user_id, connection_id FROM websocket_connections WHERE user_id = ANY(\(Array(users))::uuid[])
            """
        ).decode((UUID, String).self)
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }
}

extension WebSocketConnectionStore {
    /// Notes that connections were heard of, in one statement however many they are.
    ///
    /// Rows are locked in the order of their names: batches that share connections cannot wait for each other in a circle.
    ///
    /// - Returns: Those that are gone, or live another life: who holds such a ticket closes its socket.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func ping(_ tickets: [WebSocketConnection.Ticket]) async throws -> Set<WebSocketConnection.Ticket> {
        let rows = try await connection.query(
            """
            WITH heard AS MATERIALIZED (
              SELECT known.id FROM websocket_connections AS known
              JOIN unnest(\(tickets.map(\.connectionID))::text[], \(tickets.map(\.generation))::bigint[])
                AS ticket (connection_id, generation) USING (connection_id, generation)
              ORDER BY known.connection_id FOR NO KEY UPDATE OF known
            )
            UPDATE websocket_connections SET last_ping_at = greatest(last_ping_at, now())
            WHERE id IN (SELECT id FROM heard) RETURNING connection_id, generation
            """)
        let heard = try rows.decode((String, Int64).self).map {
            WebSocketConnection.Ticket(connectionID: $0, generation: $1)
        }
        return Set(tickets).subtracting(heard)
    }

    /// Connections that were not heard of for a while, by the server's clock; the longest silent first.
    ///
    /// - Parameters:
    ///   - silence: How long.
    ///   - limit: How many at most, 1 to 1,000.
    /// - Throws: `PostgresError`.
    public func silent(for silence: Duration, limit: Int = 1000) async throws -> [WebSocketConnection] {
        let rows = try await connection.query(
            """
            SELECT \(unsafeSQL: WebSocketConnection.columnList) FROM websocket_connections
            WHERE last_ping_at < now() - \(PostgresInterval(silence))::interval
            ORDER BY last_ping_at, id LIMIT \(min(max(limit, 1), 1000))
            """)
        return try rows.map { try WebSocketConnection($0) }
    }

    /// Removes connections that are as they were seen. One that was heard of since, or has reconnected, stays.
    ///
    /// - Parameter seen: What ``silent(for:limit:)`` told, however long ago and in whichever transaction.
    /// - Returns: The connections that were removed.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func remove(_ seen: [WebSocketConnection]) async throws -> [WebSocketConnection] {
        let rows = try await connection.query(
            """
            WITH unchanged AS MATERIALIZED (
              SELECT known.id FROM websocket_connections AS known
              JOIN unnest(\(seen.map(\.ticket.connectionID))::text[], \(seen.map(\.ticket.generation))::bigint[],
                \(seen.map(\.lastPingAt))::timestamptz[]) AS seen (connection_id, generation, last_ping_at)
                USING (connection_id, generation, last_ping_at)
              ORDER BY known.connection_id FOR UPDATE OF known
            )
            DELETE FROM websocket_connections WHERE id IN (SELECT id FROM unchanged)
            RETURNING \(unsafeSQL: WebSocketConnection.columnList)
            """)
        return try rows.map { try WebSocketConnection($0) }
    }
}
