import Postgres

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
