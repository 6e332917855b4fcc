public import DynamoDB
public import Logging
public import Postgres

/// Miyabi's database: PostgreSQL for what must be transactional, DynamoDB for what is high-volume.
public final class Database: Sendable {
    /// The relational half.
    public let postgres: PostgresPool
    /// Reads of the relational half that may come from a replica.
    public let reads: PostgresReadRouter
    /// The other half.
    public let dynamoDB: any DynamoDBAPI
    /// The events of MiyabiEvents.
    public let events: EventStore
    /// The states of running agents, and who runs them.
    public let agentStates: AgentStateStore
    /// Leases and locks by name.
    public let leases: LeaseStore
    /// The queues of MiyabiWebSocketMessages.
    public let messages: MessageStore

    private let cursorKey: CursorKey
    /// Rings when a session has committed changes that the outbox holds.
    let outboxBell = OutboxBell()
    let owned: Owned

    /// Where the database logs.
    public let logger: Logger

    /// A database over two halves that are there: the schema migrated, the tables made.
    ///
    /// - Parameters:
    ///   - postgres: Connections of a role that is a member of `service_role`. The caller closes what is handed in.
    ///   - replica: The same for a replica, if there is one.
    ///   - dynamoDB: A client, or the embedded engine.
    ///   - events: How events are spread.
    ///   - cursorKey: What signs the cursors of pages. Without one they end with this process.
    ///   - logger: Where to log.
    public convenience init(
        postgres: PostgresPool, replica: PostgresPool? = nil, dynamoDB: any DynamoDBAPI,
        events: EventStore.Options = .init(), cursorKey: CursorKey = .random(), logger: Logger
    ) {
        self.init(
            postgres: postgres, replica: replica, dynamoDB: dynamoDB, owning: Owned(), events: events,
            cursorKey: cursorKey, logger: logger)
    }

    init(
        postgres: PostgresPool, replica: PostgresPool?, dynamoDB: any DynamoDBAPI, owning owned: Owned,
        events: EventStore.Options, cursorKey: CursorKey, logger: Logger
    ) {
        self.postgres = postgres
        reads = PostgresReadRouter(primary: postgres, replica: replica)
        self.dynamoDB = dynamoDB
        self.events = EventStore(dynamoDB: dynamoDB, options: events)
        agentStates = AgentStateStore(dynamoDB: dynamoDB)
        leases = LeaseStore(dynamoDB: dynamoDB)
        messages = MessageStore(dynamoDB: dynamoDB)
        self.cursorKey = cursorKey
        self.owned = owned
        self.logger = logger
    }

    /// A queue of tasks. Keep the value: a new one has not seen which consumers have stopped.
    ///
    /// - Throws: ``TaskQueueError`` when the name is empty or longer than 1,024 bytes of UTF-8.
    public func queue(
        _ name: String, options: TaskQueue.Options = .init()
    ) throws(TaskQueueError) -> TaskQueue {
        try TaskQueue(name, dynamoDB: dynamoDB, options: options)
    }

    /// Runs some relational work in one transaction, as `role`: `.user(claims)`, `.anonymous` or `.service`.
    ///
    /// Never as the role that owns the tables, which row-level security does not bind and which could drop them.
    ///
    /// - Parameter body: Gets the stores. What it does is committed when it returns and undone when it throws.
    /// - Throws: What `body` throws; ``ConstraintViolation`` for a row that the schema does not allow; `PostgresError`.
    public func withSession<Result: Sendable>(
        as role: PostgresSessionRole, _ body: @Sendable (Relations) async throws -> Result
    ) async throws -> Result {
        let changes = SessionChanges()
        do {
            let result = try await postgres.withSession(as: role) { connection in
                try await body(Relations(connection: connection, cursorKey: cursorKey, changes: changes))
            }
            if !changes.isEmpty { outboxBell.ring() }
            return result
        } catch let error as PostgresError {
            throw try await ConstraintViolation(error) { try await postgres.query($0) } ?? error
        }
    }

    /// As `withSession`, for work that only reads: on the replica, if there is one and it is fresh enough.
    ///
    /// - Parameter position: What the work must see: `postgres.logPosition()` after the writes concerned.
    public func withReadOnlySession<Result: Sendable>(
        as role: PostgresSessionRole, after position: PostgresLSN? = nil,
        _ body: @Sendable (Relations) async throws -> Result
    ) async throws -> Result {
        try await reads.withReadOnlyTransaction(after: position, as: role) { connection in
            try await body(Relations(connection: connection, cursorKey: cursorKey, changes: SessionChanges()))
        }
    }
}
