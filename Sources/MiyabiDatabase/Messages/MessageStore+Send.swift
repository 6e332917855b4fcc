import DynamoDB

extension MessageStore {
    /// Sends a message to a connection: durable, and visible to every reader, once this returns.
    ///
    /// - Returns: Its place in the connection's queue; of a message whose name was sent before, the place it has.
    /// - Throws: ``MessageError``; `DynamoDBError`. After a `DynamoDBError` the message may have been sent; one with an
    ///   ``MessageDraft/id`` can be sent again without harm.
    @discardableResult
    public func send(_ message: MessageDraft, to connection: String) async throws -> MessageCursor {
        try await send(contentsOf: [message], to: connection)[0]
    }

    /// Sends messages to a connection in their order, up to 99 in one transaction, which makes them fast.
    ///
    /// All are checked before any is sent. Messages of other senders may come to stand between two transactions.
    ///
    /// - Returns: Their places in the connection's queue.
    /// - Throws: ``MessageError``; `DynamoDBError`. After a `DynamoDBError` the first of them may have been sent.
    @discardableResult
    public func send(contentsOf messages: [MessageDraft], to connection: String) async throws -> [MessageCursor] {
        try MessageLimits.check(connection: connection)
        for message in messages { try MessageLimits.check(message, to: connection) }
        guard !messages.isEmpty else { return [] }
        var head = try await storedHead(of: connection)
        var cursors: [MessageCursor] = []
        for batch in MessageBatches.cut(messages) {
            cursors += try await append(batch, to: connection, after: &head)
        }
        return cursors
    }

    /// Appends messages in one transaction, made anew as long as other senders are faster.
    ///
    /// - Parameter head: The head as it is stored, as far as is known.
    private func append(
        _ batch: [MessageDraft], to connection: String, after head: inout ConnectionHead?
    ) async throws -> [MessageCursor] {
        var cursors = [MessageCursor?](repeating: nil, count: batch.count)
        var contention = Contention()
        while case let rest = cursors.indices.filter({ cursors[$0] == nil }), !rest.isEmpty {
            let now = clock()
            let life = try await life(of: connection, from: head, at: now)
            let append = MessageAppend(rest.map { batch[$0] }, to: life, replacing: head, at: now)
            do {
                _ = try await dynamoDB.transactWriteItems(append.input(table: table))
                head = append.head
                for (index, message) in zip(rest, append.messages) { cursors[index] = message.cursor }
            } catch let error as DynamoDBError where error.code == .transactionCanceledException {
                let sentBefore = append.sentBefore(error.cancellationReasons)
                for (index, cursor) in sentBefore { cursors[rest[index]] = cursor }
                let isOvertaken = error.cancellationReasons.first?.code == "ConditionalCheckFailed"
                guard isOvertaken || error.isConflict || !sentBefore.isEmpty else { throw error }
                try await contention.wait()
                head = try await storedHead(of: connection)
            }
        }
        return cursors.compactMap { $0 }
    }

    /// The head to append to: what is stored, or the beginning of another life above all numbers that there are.
    private func life(
        of connection: String, from stored: ConnectionHead?, at now: Timestamp
    ) async throws -> ConnectionHead {
        let start: Int
        if let stored {
            guard stored.expiresAt <= now else { return stored }
            start = stored.last
        } else {
            start = try await largestNumber(of: connection)
        }
        return ConnectionHead(connection: connection, after: start, expiresAt: now)
    }

    /// The largest number that a message of the connection has, expired ones included; 0 without one.
    private func largestNumber(of connection: String) async throws -> Int {
        let query = QueryInput(tableName: table, limit: 1, consistentRead: true, scanIndexForward: false)
            .matching(.equal("PK", MessageKeys.queue(connection)))
        return try await dynamoDB.query(query).items?.first?["SK"]?.int ?? 0
    }
}
