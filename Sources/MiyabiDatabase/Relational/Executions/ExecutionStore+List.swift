public import Foundation

extension ExecutionStore {
    /// Which runs to list: those that have every value that is set.
    public struct Filter: Sendable, Hashable {
        /// Whose.
        public var userID: UUID?
        /// Of which repository.
        public var repositoryID: UUID?
        /// In which state.
        public var status: ExecutionStatus?
        /// Of which agent.
        public var agentType: AgentType?

        /// Which runs to list.
        public init(
            userID: UUID? = nil, repositoryID: UUID? = nil, status: ExecutionStatus? = nil, agentType: AgentType? = nil
        ) {
            self.userID = userID
            self.repositoryID = repositoryID
            self.status = status
            self.agentType = agentType
        }
    }

    /// Runs, newest first.
    ///
    /// - Parameters:
    ///   - filter: Which.
    ///   - cursor: Where the page before ended.
    ///   - limit: Rows a page, 1 to 1,000.
    /// - Throws: ``CursorError``; `PostgresError`.
    public func list(
        _ filter: Filter = Filter(), after cursor: PageCursor? = nil, limit: Int = 50
    ) async throws -> Page<Execution> {
        var listing = Listing<Execution>(limit: limit)
        listing.require("user_id", filter.userID)
        listing.require("repository_id", filter.repositoryID)
        listing.require("status", filter.status?.rawValue)
        listing.require("agent_type", filter.agentType?.rawValue)
        return try await listing.page(after: cursor, on: connection, cursorKey)
    }
}
