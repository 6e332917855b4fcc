import DynamoDB

extension MessageStore {
    /// Marks every message of a connection up to a cursor as delivered, and takes it out of the index.
    ///
    /// Cumulative and idempotent: a cursor at or before an earlier one changes nothing. If this throws halfway, some
    /// messages may be marked; the next acknowledgment completes it.
    ///
    /// - Throws: ``MessageError`` with the code ``MessageError/Code/invalidCursor``; `DynamoDBError`.
    public func acknowledge(on connection: String, through cursor: MessageCursor) async throws {
        try MessageLimits.check(connection: connection)
        guard let head = try await head(of: connection), head.holds(cursor) else {
            throw MessageError(
                .invalidCursor,
                "the cursor \(cursor) is no place in the queue of connection \(connection.debugDescription)")
        }
        guard cursor.number > head.acknowledged else { return }
        // The messages first and the cursor last: what a crash leaves undone is done by the next acknowledgment.
        var contention = Contention()
        while true {
            do {
                try await markDelivered(on: connection, above: head.acknowledged, through: cursor.number)
                return try await record(cursor, on: connection)
            } catch let error as DynamoDBError where error.isConflict {
                try await contention.wait()
            }
        }
    }

    /// Read from the table, not from the index, which may lag. Nobody else changes a message, so whole items can be put.
    private func markDelivered(on connection: String, above first: Int, through last: Int) async throws {
        let now = clock()
        let query = QueryInput(tableName: table, consistentRead: true)
            .matching(
                .equal("PK", MessageKeys.queue(connection)), .between("SK", first + 1, and: last)
            ).filtered(by: .attribute("delivered") == false)
        let marked = dynamoDB.queryPages(query).items
            .filter { !$0.isExpired(at: now) }
            .map { WriteRequest.put(Message.acknowledged($0)) }
        try await dynamoDB.writeAll(marked, to: table, keyAttributes: MiyabiTables.keyAttributes)
    }

    private func record(_ cursor: MessageCursor, on connection: String) async throws {
        do {
            let update = UpdateItemInput(
                tableName: table, key: MessageKeys.head(connection), .set("acknowledged", to: cursor.number)
            ).when(
                .attribute("epoch") == cursor.epoch.description && .attribute("acknowledged") < cursor.number)
            _ = try await dynamoDB.updateItem(update)
        } catch let error as DynamoDBError where error.code == .conditionalCheckFailedException {
            // Somebody has acknowledged more in the meantime, or this life of the queue has ended.
        }
    }
}
