public import DynamoDB
public import Logging
public import Postgres

/// Miyabi's database: PostgreSQL for what must be transactional, DynamoDB for what is high-volume.
public final class Database: Sendable {
    /// The relational half.
    public let postgres: PostgresPool
    /// The other half.
    public let dynamoDB: any DynamoDBAPI
    /// The events of MiyabiEvents.
    public let events: EventStore

    /// Where the database logs.
    public let logger: Logger

    /// A database over two halves that are there: the schema migrated, the tables made.
    ///
    /// - Parameters:
    ///   - postgres: Connections of a role that is a member of `service_role`. The caller closes the pool.
    ///   - dynamoDB: A client, or the embedded engine.
    ///   - events: How events are spread.
    ///   - logger: Where to log.
    public init(
        postgres: PostgresPool, dynamoDB: any DynamoDBAPI, events: EventStore.Options = .init(), logger: Logger
    ) {
        self.postgres = postgres
        self.dynamoDB = dynamoDB
        self.events = EventStore(dynamoDB: dynamoDB, options: events)
        self.logger = logger
    }

    /// Runs some relational work in one transaction, as `service_role`: Miyabi's own services, which may see and change
    /// every row, but not the schema.
    ///
    /// Never as the role that owns the tables, which row-level security does not bind and which could drop them.
    ///
    /// - Parameter body: Gets the stores. What it does is committed when it returns and undone when it throws.
    /// - Throws: What `body` throws; `PostgresError`.
    public func asService<Result: Sendable>(
        _ body: @Sendable (Relations) async throws -> Result
    ) async throws -> Result {
        try await postgres.withTransaction { connection in
            try await connection.execute("SET LOCAL ROLE service_role")
            return try await body(Relations(connection: connection))
        }
    }
}
