public import DynamoDB
public import Logging
public import Postgres
public import ServiceLifecycle

/// Where both halves of a ``Database`` are, and how they are used.
public struct DatabaseConfiguration: Sendable {
    /// A DynamoDB half.
    public enum DynamoDBHalf: Sendable {
        /// AWS, Miyabi's own service or any compatible server, over a client that the database makes and closes.
        case client(DynamoDBClientConfiguration)
        /// An engine in this process, or a client that several share. Whoever made it closes it.
        case shared(any DynamoDBAPI)
    }

    /// Connections of a role that is a member of `service_role`, `authenticated` and `anon`.
    public var postgres: PostgresPoolConfiguration
    /// The same for a replica, if there is one.
    public var replica: PostgresPoolConfiguration?
    /// The other half.
    public var dynamoDB: DynamoDBHalf
    /// How events are spread.
    public var events: EventStore.Options
    /// What signs the cursors of pages. The instances of one service share a key, so that each reads the others' cursors;
    /// a random one ends with this process.
    public var cursorKey: CursorKey

    /// Where both halves are.
    public init(
        postgres: PostgresPoolConfiguration, replica: PostgresPoolConfiguration? = nil,
        dynamoDB: DynamoDBHalf, events: EventStore.Options = .init(), cursorKey: CursorKey = .random()
    ) {
        self.postgres = postgres
        self.replica = replica
        self.dynamoDB = dynamoDB
        self.events = events
        self.cursorKey = cursorKey
    }
}

extension Database: Service {
    /// Opens both halves. Nothing connects before the first use; ``health(within:)`` tells whether both can be reached.
    ///
    /// - Throws: `DynamoDBError` with `invalidConfiguration`, telling what is wrong.
    public convenience init(
        _ configuration: DatabaseConfiguration, logger: Logger = Logger(label: "miyabi.database")
    ) throws {
        let client: DynamoDBClient?
        let dynamoDB: any DynamoDBAPI
        switch configuration.dynamoDB {
        case .client(let settings):
            let own = try DynamoDBClient(settings, logger: logger)
            (client, dynamoDB) = (own, own)
        case .shared(let api):
            (client, dynamoDB) = (nil, api)
        }
        let pool = PostgresPool(configuration.postgres, logger: logger)
        let replica = configuration.replica.map { PostgresPool($0, logger: logger) }
        self.init(
            postgres: pool, replica: replica, dynamoDB: dynamoDB,
            owning: .init(pools: [pool, replica], client: client),
            events: configuration.events, cursorKey: configuration.cursorKey, logger: logger)
    }

    /// Keeps the database open until the service group shuts down, then closes it. List it before the services that use
    /// it: they are shut down first.
    public func run() async throws {
        do {
            try await gracefulShutdown()
        } catch is CancellationError {
            // Closing below is then immediate.
        }
        try await close()
    }

    /// Lets the work that is under way come to its end and closes what ``init(_:logger:)`` opened; the halves that were
    /// handed in stay open. In a cancelled task it waits for nobody.
    public func close() async throws {
        for pool in owned.pools { await pool?.close() }
        try await owned.client?.close()
    }

    /// What a database has opened itself.
    struct Owned: Sendable {
        var pools: [PostgresPool?] = []
        var client: DynamoDBClient?
    }
}
