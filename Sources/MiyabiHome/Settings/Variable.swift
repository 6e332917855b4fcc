/// A variable that Miyabi reads from the environment or the `.env` file: all of the specification's sections 4.1 and 4.2,
/// and Miyabi's own.
public enum Variable: String, Sendable, CaseIterable {
    // PostgreSQL (4.1)
    case databaseURL = "DATABASE_URL"
    case databaseReplicaURL = "DATABASE_REPLICA_URL"
    case maxConnections = "DB_MAX_CONNECTIONS"
    case minConnections = "DB_MIN_CONNECTIONS"
    case connectTimeout = "DB_CONNECT_TIMEOUT"
    case acquireTimeout = "DB_ACQUIRE_TIMEOUT"
    case idleTimeout = "DB_IDLE_TIMEOUT"
    case maxLifetime = "DB_MAX_LIFETIME"
    case testBeforeAcquire = "DB_TEST_BEFORE_ACQUIRE"
    case statementCache = "DB_STATEMENT_CACHE"
    // DynamoDB (4.2)
    case region = "AWS_REGION"
    case defaultRegion = "AWS_DEFAULT_REGION"
    case dynamoDBEndpoint = "DYNAMODB_ENDPOINT"
    case accessKeyID = "AWS_ACCESS_KEY_ID"
    case secretAccessKey = "AWS_SECRET_ACCESS_KEY"
    case sessionToken = "AWS_SESSION_TOKEN"
    case profile = "AWS_PROFILE"
    case dynamoDBTimeout = "DYNAMODB_TIMEOUT"
    case dynamoDBMaxAttempts = "DYNAMODB_MAX_ATTEMPTS"
    case dynamoDBBackoffBase = "DYNAMODB_BACKOFF_BASE_MS"
    case dynamoDBBackoffMaximum = "DYNAMODB_BACKOFF_MAX_MS"
    // Miyabi
    case home = "MIYABI_HOME"
    case backups = "MIYABI_BACKUPS"
    case migrations = "MIYABI_MIGRATIONS"
    case lockTimeout = "MIYABI_LOCK_TIMEOUT"
    case dynamoDB = "MIYABI_DYNAMODB"
    case postgresPort = "MIYABI_POSTGRES_PORT"
    case dynamoDBPort = "MIYABI_DYNAMODB_PORT"
    case postgresBinaries = "MIYABI_POSTGRES_BIN"
    case instances = "MIYABI_INSTANCES"
    case memory = "MIYABI_MEMORY_MB"
    case logLevel = "MIYABI_LOG_LEVEL"

    /// The variable's name in the environment.
    public var name: String { rawValue }

    /// Whether its value is never shown.
    public var isSecret: Bool {
        switch self {
        case .databaseURL, .databaseReplicaURL, .secretAccessKey, .sessionToken: true
        default: false
        }
    }

    /// Warnings for names that look like Miyabi's and are not: a misspelt variable is otherwise ignored without a word.
    static func warnings(for names: some Sequence<String>) -> [String] {
        let known = Set(allCases.map(\.name))
        let prefixes = ["DB_", "DYNAMODB_", "MIYABI_"]
        return names.filter { name in !known.contains(name) && prefixes.contains { name.hasPrefix($0) } }.sorted()
            .map { name in
                let near = known.map { ($0, EditDistance.between(name, $0)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
                guard let (suggestion, distance) = near, distance <= 4 else {
                    return "\(name) is not a variable of Miyabi's"
                }
                return "\(name) is not a variable of Miyabi's; did you mean \(suggestion)?"
            }
    }
}

/// Levenshtein's distance, for suggestions.
package enum EditDistance {
    /// How many bytes have to be put in, taken out or replaced to make one text the other.
    package static func between(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (i, byte) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substituted = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
