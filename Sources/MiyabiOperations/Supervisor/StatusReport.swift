public import FoundationEssentials
public import MiyabiHome

/// What `miyabi status` tells.
public struct StatusReport: Codable, Sendable, Equatable {
    /// How a half is.
    public enum HalfState: String, Codable, Sendable {
        /// Embedded, and answers.
        case running
        /// Embedded, and no supervisor runs.
        case stopped
        /// External, and answers.
        case external
        /// Should answer, and does not.
        case unreachable
    }

    /// The PostgreSQL half.
    public struct Postgres: Codable, Sendable, Equatable {
        /// How it is.
        public var state: HalfState
        /// Where it is, without secrets.
        public var address: String?
        /// Its process, if it is embedded.
        public var pid: Int32?
        /// Its port, if it is embedded.
        public var port: Int?
        /// Its version.
        public var version: String?
        /// Migrations by their state, such as "applied": 6.
        public var migrations: [String: Int]?
        /// The user's own migrations by their state; those whose files `MIYABI_MIGRATIONS` does not lead to are "missing".
        public var ownMigrations: [String: Int]?
        /// Why it is unreachable, or what it lacks.
        public var problem: String?
    }

    /// The DynamoDB half.
    public struct DynamoDB: Codable, Sendable, Equatable {
        /// How it is.
        public var state: HalfState
        /// Where it is.
        public var address: String?
        /// The process that serves it, if it is embedded.
        public var pid: Int32?
        /// Its port, if it is embedded.
        public var port: Int?
        /// Its version, if it is embedded.
        public var version: String?
        /// The three tables by name, with their state, such as "ACTIVE" or "missing".
        public var tables: [String: String]?
        /// Why it is unreachable, or what it lacks.
        public var problem: String?
    }

    /// The home.
    public var home: String
    /// What the supervisor is doing; nil when none runs.
    public var phase: EnvironmentState.Phase?
    /// The supervisor's process.
    public var pid: Int32?
    /// When the supervisor was started.
    public var startedAt: Date?
    /// How long it has been running, in seconds.
    public var uptimeSeconds: Int?
    /// The PostgreSQL half.
    public var postgres: Postgres
    /// The DynamoDB half.
    public var dynamoDB: DynamoDB

    /// Whether both halves answer and are as this program needs them: the schema is up to date, the tables are there, and
    /// the supervisor, where one runs, is ready.
    public var isUp: Bool {
        let answering: [HalfState] = [.running, .external]
        return answering.contains(postgres.state) && answering.contains(dynamoDB.state)
            && postgres.problem == nil && dynamoDB.problem == nil
            && dynamoDB.tables?.values.allSatisfy { $0 == "ACTIVE" || $0 == "UPDATING" } == true
            && phase ?? .ready == .ready
    }
}
