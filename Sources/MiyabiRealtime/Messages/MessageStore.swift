public import DynamoDB

/// The queues of web-socket connections in MiyabiWebSocketMessages: what is sent to a connection reaches its client
/// once, in order, also when the client was away for up to 24 hours.
///
/// ```swift
/// try await database.messages.send(MessageDraft(.notification, payload: ["text": "Done"]), to: connection)
/// switch try await database.messages.replay(on: connection, after: cursor) { … }
/// try await database.messages.acknowledge(on: connection, through: last)
/// ```
/// Works alike on AWS, on any compatible server and on the embedded engine, from any number of processes at once.
/// `docs/decisions/0017-messages.md` says how.
public struct MessageStore: Sendable {
    let dynamoDB: any DynamoDBAPI
    let table: String
    let clock: @Sendable () -> Timestamp

    /// A store over the table of ``MiyabiTables/webSocketMessages``.
    ///
    /// - Parameters:
    ///   - dynamoDB: Where the table is.
    ///   - clock: What time it is, for numbers and expiry; tests hand in their own.
    public init(dynamoDB: any DynamoDBAPI, clock: @escaping @Sendable () -> Timestamp = Timestamp.now) {
        self.dynamoDB = dynamoDB
        self.clock = clock
        table = MiyabiTables.webSocketMessages.tableName
    }

    /// A connection's head, expired or not; nil when there is none.
    func storedHead(of connection: String) async throws -> ConnectionHead? {
        let input = GetItemInput(tableName: table, key: MessageKeys.head(connection), consistentRead: true)
        return try await dynamoDB.getItem(input).item.map { item throws(MessageError) in try ConnectionHead(item: item)
        }
    }

    /// A connection's head; nil when there is none that has not expired.
    func head(of connection: String) async throws -> ConnectionHead? {
        guard let head = try await storedHead(of: connection), head.expiresAt > clock() else { return nil }
        return head
    }

    /// Up to so many messages that have not expired, in the order of a query.
    func messages(_ query: QueryInput, limit: Int) async throws -> [Message] {
        var query = query
        query.limit = limit
        let now = clock()
        var messages: [Message] = []
        for try await item in dynamoDB.queryPages(query).items where !item.isExpired(at: now) {
            messages.append(try Message(item: item))
            if messages.count == limit { break }
        }
        return messages
    }
}

extension MessageStore {
    /// The messages of a connection that are not acknowledged, oldest first, by the index that holds no others.
    ///
    /// On AWS the index follows the table with a delay: this shows what is left to do; a client that must not miss
    /// anything reads with ``replay(on:after:limit:)``.
    ///
    /// - Parameters:
    ///   - cursor: The last message of the page before; nil for the first page.
    ///   - limit: Messages a page, 1 to 1,000.
    /// - Returns: A page; empty when there are no more.
    /// - Throws: ``MessageError``; `DynamoDBError`.
    public func undelivered(
        on connection: String, after cursor: MessageCursor? = nil, limit: Int = 100
    ) async throws -> [Message] {
        try MessageLimits.check(connection: connection)
        let query = QueryInput(tableName: table, indexName: "GSI1")
            .matching(
                .equal("GSI1PK", MessageKeys.queue(connection)),
                .above("GSI1SK", MessageKeys.undelivered(cursor?.number ?? 0)))
        return try await messages(query, limit: min(max(limit, 1), 1000))
    }
}

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
                "the cursor \(cursor) is not a place in the queue of connection \(connection.debugDescription)")
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
