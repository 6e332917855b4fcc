import AWSCore
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

/// Cuts messages, in their order, into such as fit one transaction: 100 actions, 4 MB.
///
/// Source: AWS, "TransactWriteItems" in the Amazon DynamoDB API reference.
enum MessageBatches {
    private static let maximumActions = 100
    /// Less than the limit: what stands around the payloads is small, and is not counted here.
    private static let maximumBytes = 3_500_000

    static func cut(_ drafts: [MessageDraft]) -> [[MessageDraft]] {
        var batches: [[MessageDraft]] = []
        var actions = 0
        var bytes = 0
        var ids: Set<String> = []
        for draft in drafts {
            let size = draft.payload.sizeInBytes
            let cost = draft.id == nil ? 1 : 2
            // A transaction takes no item twice: of two messages of one name, the second meets the first's in the table.
            let isRepeated = draft.id.map { ids.contains($0) } ?? false
            if batches.isEmpty || isRepeated || actions + cost > maximumActions || bytes + size > maximumBytes {
                batches.append([])
                (actions, bytes, ids) = (1, 0, [])  // The head is one action.
            }
            batches[batches.count - 1].append(draft)
            actions += cost
            bytes += size
            if let id = draft.id { ids.insert(id) }
        }
        return batches
    }
}

/// What may be sent, checked before anything is.
package enum MessageLimits {
    /// Bytes of an identifier; the specification's `connection_id` is a VARCHAR(255).
    package static let identifierBytes = 255

    /// Refuses what no connection is called.
    static func check(connection: String) throws(MessageError) {
        guard (1...identifierBytes).contains(connection.utf8.count) else {
            throw MessageError(
                .invalidConnection,
                "a connection's identifier must have 1 to \(identifierBytes) bytes, not "
                    + "\(connection.utf8.count)")
        }
    }

    /// Refuses a message that DynamoDB would refuse.
    package static func check(_ draft: MessageDraft, to connection: String) throws(MessageError) {
        if let id = draft.id, !(1...identifierBytes).contains(id.utf8.count) {
            throw MessageError(
                .invalidIdentifier,
                "a message's identifier must have 1 to \(identifierBytes) bytes, not \(id.utf8.count)")
        }
        guard ItemLimits.allowNesting(of: draft.payload) else {
            throw MessageError(.tooDeep, "a payload is nested deeper than \(ItemLimits.depth) levels")
        }
        let size = largestItem(draft, connection).sizeInBytes
        guard size <= ItemLimits.bytes else {
            throw MessageError(
                .tooLarge, "a message takes \(size) bytes as an item; DynamoDB holds at most \(ItemLimits.bytes)")
        }
    }

    /// The item with the longest numbers: which it will get is not known yet.
    private static func largestItem(_ draft: MessageDraft, _ connection: String) -> Item {
        let number = 999_999_999_999_999
        return Message(
            cursor: MessageCursor(epoch: ULID(bits: 0), number: number), previous: number, connectionID: connection,
            type: draft.type, payload: draft.payload, isDelivered: false,
            expiresAt: Timestamp(seconds: 9_999_999_999)
        ).item
    }
}

/// How long a writer that another was faster than waits before it tries again: a random time, so that those who met do
/// not meet again, below a bound that doubles up to 64 ms. Somebody has got on each time, so it need never give up.
struct Contention {
    private static let waits = RetryPolicy(
        maximumAttempts: .max, base: .milliseconds(1), maximum: .milliseconds(64))
    private var losses = 0

    mutating func wait() async throws {
        losses += 1
        try await Pacing.real.sleep(
            Contention.waits.delay(afterAttempt: losses, isThrottling: false, random: .random(in: 0...1)))
    }
}
