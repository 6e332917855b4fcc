import DynamoDB

extension MessageStore {
    /// The messages of a connection after a cursor: for a client that comes back, and for one that follows.
    ///
    /// Called again with the last message's cursor until it returns no more, it returns every message once, in order.
    ///
    /// - Parameters:
    ///   - cursor: The last message that the client has; nil for the last one that it acknowledged.
    ///   - limit: Messages a page, 1 to 1,000.
    /// - Throws: ``MessageError``; `DynamoDBError`.
    public func replay(
        on connection: String, after cursor: MessageCursor? = nil, limit: Int = 100
    ) async throws -> MessageReplay {
        try MessageLimits.check(connection: connection)
        guard let head = try await head(of: connection) else {
            return cursor == nil ? .messages([]) : .notRecovered(.otherLife)
        }
        let cursor = cursor ?? MessageCursor(epoch: head.epoch, number: head.acknowledged)
        guard head.holds(cursor) else { return .notRecovered(.otherLife) }
        let query = QueryInput(tableName: table, consistentRead: true)
            .matching(.equal("PK", MessageKeys.queue(connection)), .above("SK", cursor.number))
        while true {
            let found = try await messages(query, limit: min(max(limit, 1), 1000))
            let unbroken = found.unbroken(after: cursor.number)
            // The message that comes next, as far as it is not among those found.
            let next = found.first?.previous ?? head.last
            guard unbroken.isEmpty, next > cursor.number else { return .messages(unbroken) }
            guard try await isThere(next, on: connection) else { return .notRecovered(.expired) }
        }
    }

    /// Whether a message is there and has not expired, after any transaction that is at work on it.
    private func isThere(_ number: Int, on connection: String) async throws -> Bool {
        let get = Get(tableName: table, key: MessageKeys.message(number, of: connection))
        let read = TransactGetItemsInput(transactItems: [TransactGetItem(get: get)])
        var contention = Contention()
        while true {
            do {
                let item = try await dynamoDB.transactGetItems(read).responses.first?.item
                return item.map { !$0.isExpired(at: clock()) } ?? false
            } catch let error as DynamoDBError where error.isConflict {
                try await contention.wait()
            }
        }
    }
}

extension ConnectionHead {
    /// Whether a cursor is a place in this life of the queue.
    func holds(_ cursor: MessageCursor) -> Bool {
        cursor.epoch == epoch && cursor.number <= last
    }
}

extension [Message] {
    /// The first of them, as far as each is the one right after the one before.
    fileprivate func unbroken(after number: Int) -> [Message] {
        var last = number
        return Array(
            prefix { message in
                guard message.previous <= last else { return false }
                last = message.cursor.number
                return true
            })
    }
}
