public import Foundation
import Postgres

/// A flow that somebody drew: a row of `workflows` (specification, section 2.2.4).
public struct Workflow: Sendable, Hashable, Identifiable {
    /// The row's id.
    public var id: UUID
    /// Whose it is: a row of web_users. Nobody's, if Miyabi ships it.
    public var userID: UUID?
    /// What it is and does.
    public var content: Content
    /// When it was made.
    public var createdAt: Date
    /// When it was changed last.
    public var updatedAt: Date

    /// What its owner may set.
    public struct Content: Sendable, Hashable {
        /// What it is called; 1 to 255 characters.
        public var name: String
        /// What it is for.
        public var description: String?
        /// The repository it works on, if it is for one.
        public var repositoryID: UUID?
        /// The flow.
        public var definition: WorkflowDefinition
        /// Whether others are to begin with a copy of it.
        public var isTemplate: Bool
        /// Whether everyone who is signed in sees it.
        public var isPublic: Bool

        /// What its owner may set.
        public init(
            name: String, description: String? = nil, repositoryID: UUID? = nil, definition: WorkflowDefinition,
            isTemplate: Bool = false, isPublic: Bool = false
        ) {
            self.name = name
            self.description = description
            self.repositoryID = repositoryID
            self.definition = definition
            self.isTemplate = isTemplate
            self.isPublic = isPublic
        }
    }
}

extension Workflow: KeysetRow {
    static let table = "workflows"
    static let order = KeysetOrder.time("created_at") { (row: Self) in row.createdAt }
    static let columns = [
        "id", "user_id", "repository_id", "name", "description", "definition", "is_template", "is_public", "created_at",
        "updated_at",
    ]

    init(_ row: PostgresRow) throws {
        id = try row.decode("id")
        userID = try row.decode("user_id")
        content = Content(
            name: try row.decode("name"), description: try row.decode("description"),
            repositoryID: try row.decode("repository_id"),
            definition: try WorkflowDefinition(try row.decode("definition")),
            isTemplate: try row.decode("is_template"), isPublic: try row.decode("is_public"))
        createdAt = try row.decode("created_at")
        updatedAt = try row.decode("updated_at")
    }
}

/// Rows of `workflows` (specification, section 2.2.4).
public struct WorkflowStore: Sendable {
    let connection: PostgresConnection
    let cursorKey: CursorKey

    /// Stores a flow.
    ///
    /// - Parameters:
    ///   - content: The flow.
    ///   - userID: Whose it becomes; nobody's, if Miyabi ships it.
    /// - Throws: `PostgresError`.
    public func create(_ content: Workflow.Content, of userID: UUID?) async throws -> Workflow {
        let rows = try await connection.query(
            """
            INSERT INTO workflows
              (user_id, repository_id, name, description, definition, is_template, is_public)
            VALUES (\(userID), \(content.repositoryID), \(content.name), \(content.description),
              \(content.definition.json), \(content.isTemplate), \(content.isPublic))
            RETURNING \(unsafeSQL: Workflow.columnList)
            """)
        return try Workflow(rows[0])
    }

    /// The flow; nil if there is none, or none that the caller may see.
    ///
    /// - Throws: `PostgresError`.
    public func workflow(_ id: UUID) async throws -> Workflow? {
        let rows = try await connection.query(
            "SELECT \(unsafeSQL: Workflow.columnList) FROM workflows WHERE id = \(id)")
        return try rows.first.map { try Workflow($0) }
    }

    /// Puts other contents in place of a flow's.
    ///
    /// - Returns: The flow; nil if there is none that the caller may change.
    /// - Throws: `PostgresError`.
    public func replace(_ id: UUID, with content: Workflow.Content) async throws -> Workflow? {
        let rows = try await connection.query(
            """
            UPDATE workflows SET repository_id = \(content.repositoryID), name = \(content.name),
              description = \(content.description), definition = \(content.definition.json),
              is_template = \(content.isTemplate), is_public = \(content.isPublic)
            WHERE id = \(id) RETURNING \(unsafeSQL: Workflow.columnList)
            """)
        return try rows.first.map { try Workflow($0) }
    }

    /// Removes a flow.
    ///
    /// - Returns: Whether there was one that the caller may remove.
    /// - Throws: `PostgresError`.
    public func delete(_ id: UUID) async throws -> Bool {
        try await connection.query("SELECT delete_workflow(\(id))").decode(Bool.self) == [true]
    }

    /// Which flows to list.
    public enum Selection: Sendable, Hashable {
        /// A user's own.
        case user(UUID)
        /// Those to begin with.
        case templates
        /// Those that everyone sees.
        case everyones
    }

    /// Flows, newest first.
    ///
    /// - Parameters:
    ///   - selection: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ selection: Selection, after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<Workflow> {
        var listing = Listing<Workflow>(limit: limit)
        switch selection {
        case .user(let id): listing.require("user_id", id)
        case .templates: listing.requireFlag("is_template")
        case .everyones: listing.requireFlag("is_public")
        }
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}
