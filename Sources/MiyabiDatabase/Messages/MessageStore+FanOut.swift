extension MessageStore {
    /// Sends a message to each of some connections, such as all those of a user, at once.
    ///
    /// A connection that is slow or cannot be reached keeps no other waiting; this returns when the last has succeeded
    /// or failed, which the DynamoDB client's own time limits bound.
    ///
    /// - Parameter connections: The user's rows of `websocket_connections`.
    /// - Returns: For each connection, the message's place in its queue, or why it has none.
    public func send(
        _ message: MessageDraft, toEach connections: some Sequence<String>
    ) async -> [String: Result<MessageCursor, any Error>] {
        await withTaskGroup(of: (String, Result<MessageCursor, any Error>).self) { group in
            for connection in Set(connections) {
                group.addTask {
                    do {
                        return (connection, .success(try await send(message, to: connection)))
                    } catch {
                        return (connection, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { results, result in results[result.0] = result.1 }
        }
    }
}
