public import Foundation
internal import Postgres

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
