public import DynamoDB
public import Postgres

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
