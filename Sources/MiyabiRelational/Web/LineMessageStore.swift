public import Foundation
public import Postgres

/// What somebody wrote to the LINE bot: a row of `line_messages` (specification, section 2.2.5).
public struct LineMessage: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// The row of web_users whose LINE account it is, if known.
    public var userID: UUID?
    /// The message.
    public var content: Content
    /// When it was stored.
    public var createdAt: Date

    /// What a message says, and who says it.
    public struct Content: Sendable, Hashable {
        /// LINE's id of the sender; 1 to 255 characters.
        public var lineUserID: String
        /// What kind of message it is.
        public var kind: Kind
        /// The words.
        public var text: String?
        /// What the sender wants, as far as the bot understood; up to 50 characters.
        public var intent: String?
        /// The issue that it is about or became; 1 or more.
        public var issueNumber: Int64?

        /// What a message says, and who says it.
        public init(
            lineUserID: String, kind: Kind = .text, text: String? = nil, intent: String? = nil,
            issueNumber: Int64? = nil
        ) {
            self.lineUserID = lineUserID
            self.kind = kind
            self.text = text
            self.intent = intent
            self.issueNumber = issueNumber
        }
    }

    /// What kind of message it is: LINE's Messaging API reference, "Message event" and "Postback event".
    public enum Kind: String, PostgresEnum, CaseIterable {
        /// Words.
        case text
        /// A button that was pressed.
        case postback
        /// A picture.
        case image
        /// A film.
        case video
        /// A sound.
        case audio
        /// A file.
        case file
        /// A place.
        case location
        /// A sticker.
        case sticker
    }
}

extension LineMessage: KeysetRow {
    static let table = "line_messages"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.createdAt }
    static let columns = [
        "id", "user_id", "line_user_id", "message_type", "message_text", "parsed_intent", "issue_number", "created_at",
    ]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        content = Content(
            lineUserID: try row.decode("line_user_id"), kind: try row.decode("message_type"),
            text: try row.decode("message_text"), intent: try row.decode("parsed_intent"),
            issueNumber: try row.decode("issue_number"))
        createdAt = try row.decode("created_at")
    }
}

/// Rows of `line_messages` (specification, section 2.2.5).
public struct LineMessageStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// A message to store.
    public struct New: Sendable, Hashable {
        /// The row's id: made once from what LINE delivered, so that a delivery that is repeated is stored once.
        public var id: UUID
        /// The message.
        public var content: LineMessage.Content

        /// A message to store.
        public init(id: UUID, content: LineMessage.Content) {
            self.id = id
            self.content = content
        }
    }

    /// Stores a message. One whose id is there is left as it is.
    ///
    /// - Returns: Whether it is new.
    /// - Throws: ``ConstraintViolation``, `PostgresError`.
    @discardableResult
    public func append(_ message: New) async throws -> Bool { try await append([message])[0].isNew }

    /// Stores messages, in one statement however many they are: each belongs to the web user whose LINE account sent it,
    /// if there is one. One whose id is there is left as it is.
    ///
    /// - Returns: What became of each, in the order of `messages`.
    /// - Throws: `PostgresError`.
    public func append(_ messages: [New]) async throws -> [InsertedRow] {
        try await BulkInsert<New>(connection: connection) { new in
            let inserted = try await connection.query(
                """
                INSERT INTO line_messages
                  (id, user_id, line_user_id, message_type, message_text, parsed_intent, issue_number)
                SELECT new.id, web_users.id, new.line_user_id, new.kind, new.text, new.intent, new.issue_number
                FROM unnest(\(new.map(\.id))::uuid[], \(new.map(\.content.lineUserID))::text[],
                  \(new.map(\.content.kind.rawValue))::text[], \(new.map(\.content.text))::text[],
                  \(new.map(\.content.intent))::text[], \(new.map(\.content.issueNumber))::bigint[])
                  AS new (id, line_user_id, kind, text, intent, issue_number)
                LEFT JOIN web_users ON web_users.line_user_id = new.line_user_id
                ORDER BY new.id
                ON CONFLICT (id) DO NOTHING RETURNING id
                """)
            return InsertedRow.each(of: new.map(\.id), inserted: try inserted.decode(UUID.self))
        }.run(messages, inOrderOf: \.id.uuidString)
    }

    /// Makes a LINE account a web user's, and what it wrote before theirs. Doing it again, as at every sign-in, catches
    /// what came in meanwhile.
    ///
    /// - Returns: How many messages found their user.
    /// - Throws: ``LookupError`` when there is no such user; `PostgresError`, also when the account is another user's.
    @discardableResult
    public func link(_ lineUserID: String, to userID: UUID) async throws -> Int {
        let found = try await connection.execute(
            "UPDATE web_users SET line_user_id = \(lineUserID) WHERE id = \(userID)")
        guard found == 1 else { throw LookupError(subject: "web user \(userID.lowercased)", candidates: []) }
        return try await connection.execute(
            "UPDATE line_messages SET user_id = \(userID) WHERE line_user_id = \(lineUserID) AND user_id IS NULL")
    }

    /// Which messages to list.
    public enum Selection: Sendable, Hashable {
        /// A web user's.
        case user(UUID)
        /// A LINE account's.
        case lineUser(String)
        /// Those about an issue.
        case issue(Int64)
    }

    /// Messages, newest first.
    ///
    /// - Parameters:
    ///   - selection: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ selection: Selection, after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<LineMessage> {
        var listing = Listing<LineMessage>(limit: limit)
        switch selection {
        case .user(let id): listing.require("user_id", id)
        case .lineUser(let id): listing.require("line_user_id", id)
        case .issue(let number): listing.require("issue_number", number)
        }
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}
