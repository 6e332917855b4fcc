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
