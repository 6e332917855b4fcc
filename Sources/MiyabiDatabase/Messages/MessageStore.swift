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
