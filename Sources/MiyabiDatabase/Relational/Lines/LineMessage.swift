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
