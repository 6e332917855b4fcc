public import Postgres

/// How both halves of a database are: what ``Database/health(within:)`` found.
public struct DatabaseHealth: Sendable, Hashable {
    /// A part that was asked.
    public enum Part<State: Sendable & Hashable>: Sendable, Hashable {
        /// It answered.
        case up(State)
        /// It did not, and why; without secrets.
        case down(String)
    }

    /// The relational half.
    public struct Relational: Sendable, Hashable {
        /// How long a connection and a statement that reads no table took together.
        public var latency: Duration
        /// The server's version, such as `15.14`.
        public var version: String
        /// The connections of this process.
        public var pool: PoolStatistics
        /// What the migrations have made.
        public var schema: SchemaState
    }

    /// A replica of the relational half.
    public struct Replica: Sendable, Hashable {
        /// How long a connection and a statement that reads no table took together.
        public var latency: Duration
        /// How old what it shows is at most; nil while that is not known.
        public var lag: Duration?
    }

    /// The three tables.
    public struct Tables: Sendable, Hashable {
        /// How long the first answer took.
        public var latency: Duration
        /// The state of each table by its name.
        public var states: [String: TableState]
    }

    /// The relational half.
    public var postgres: Part<Relational>
    /// Its replica, if there is one. Reads do without it.
    public var replica: Part<Replica>?
    /// The other half.
    public var dynamoDB: Part<Tables>

    /// Whether everything works: both halves answer, and have what the stores need.
    public var isHealthy: Bool {
        guard case .up(let relational) = postgres, case .up(let tables) = dynamoDB else { return false }
        return relational.schema.isSufficient && tables.states.values.allSatisfy { $0 == .active }
    }
}
