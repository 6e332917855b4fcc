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

/// What a client that comes back gets.
public enum MessageReplay: Sendable, Hashable {
    /// The messages right after the cursor, in order, none missing. Empty when the client has them all; otherwise there
    /// may be more after the last.
    case messages([Message])
    /// What came after the cursor can no longer be told completely: the client must load its state anew.
    case notRecovered(Reason)

    /// Why messages cannot be recovered.
    public enum Reason: Sendable, Hashable {
        /// The next message after the cursor has expired.
        case expired
        /// The cursor is none of this life of the connection's queue: that life ended with a month of silence, or the
        /// table was restored to an earlier moment.
        case otherLife
    }
}

/// A message's place in the queue of its connection; also how far a reader has come.
///
/// Text without meaning to the client that keeps it.
public struct MessageCursor: Sendable, Hashable, LosslessStringConvertible {
    /// The life of the connection's queue that the number belongs to.
    let epoch: ULID
    /// The message's sort key: at least the milliseconds since 1970 at which it was sent, greater than the number of
    /// every message that was sent to the connection before.
    public let number: Int

    init(epoch: ULID, number: Int) {
        self.epoch = epoch
        self.number = number
    }

    /// Reads the text form; nil for anything that ``description`` does not write.
    public init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let epoch = ULID(parts[0]), let number = Int(parts[1]), number >= 0 else { return nil }
        self.init(epoch: epoch, number: number)
        guard self.description == description else { return nil }
    }

    /// `01KB7JR3M0Y8ZJ4T0V5QG6X9WA-1764412200000`.
    public var description: String { "\(epoch)-\(number)" }
}
