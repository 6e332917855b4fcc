import Configuration
import MiyabiSystem

/// A variable that Miyabi reads from the environment or the `.env` file: all of the specification's sections 4.1 and 4.2,
/// and Miyabi's own.
public enum Variable: String, Sendable, CaseIterable {
    // PostgreSQL (4.1)
    case databaseURL = "DATABASE_URL"
    case databaseReplicaURL = "DATABASE_REPLICA_URL"
    case migrationDatabaseURL = "MIGRATION_DATABASE_URL"
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
    case credentialsFile = "AWS_SHARED_CREDENTIALS_FILE"
    case authorities = "AWS_CA_BUNDLE"
    case dynamoDBTimeout = "DYNAMODB_TIMEOUT"
    case dynamoDBMaxAttempts = "DYNAMODB_MAX_ATTEMPTS"
    case dynamoDBBackoffBase = "DYNAMODB_BACKOFF_BASE_MS"
    case dynamoDBBackoffMaximum = "DYNAMODB_BACKOFF_MAX_MS"
    // Miyabi
    case home = "MIYABI_HOME"
    case backups = "MIYABI_BACKUPS"
    case backupKey = "MIYABI_BACKUP_KEY"
    case masterKeyFile = "MIYABI_MASTER_KEY_FILE"
    case masterKey = "MIYABI_MASTER_KEY"
    case masterKeyCommand = "MIYABI_MASTER_KEY_COMMAND"
    case requiresEncryptedVolume = "MIYABI_REQUIRE_ENCRYPTED_VOLUME"
    case migrations = "MIYABI_MIGRATIONS"
    case lockTimeout = "MIYABI_LOCK_TIMEOUT"
    case dynamoDB = "MIYABI_DYNAMODB"
    case postgresPort = "MIYABI_POSTGRES_PORT"
    case dynamoDBPort = "MIYABI_DYNAMODB_PORT"
    case tls = "MIYABI_TLS"
    case tlsCertificate = "MIYABI_TLS_CERTIFICATE"
    case tlsKey = "MIYABI_TLS_KEY"
    case tlsAuthority = "MIYABI_TLS_AUTHORITY"
    case listen = "MIYABI_LISTEN"
    case allowPlaintext = "MIYABI_ALLOW_PLAINTEXT"
    case rdsAuthorities = "MIYABI_RDS_CA"
    case postgresBinaries = "MIYABI_POSTGRES_BIN"
    case instances = "MIYABI_INSTANCES"
    case memory = "MIYABI_MEMORY_MB"
    case logLevel = "MIYABI_LOG_LEVEL"
    case monitor = "MIYABI_MONITOR"
    case monitorPort = "MIYABI_MONITOR_PORT"
    case monitorPace = "MIYABI_MONITOR_PACE"
    case alarmCommand = "MIYABI_ALARM_COMMAND"
    case alarmWebhook = "MIYABI_ALARM_WEBHOOK"
    case alarmWebhookSecret = "MIYABI_ALARM_WEBHOOK_SECRET"

    /// The variable's name in the environment.
    public var name: String { rawValue }

    /// Whether its value is never shown.
    public var isSecret: Bool {
        switch self {
        case .databaseURL, .databaseReplicaURL, .migrationDatabaseURL, .secretAccessKey, .sessionToken, .masterKey,
            .alarmWebhook, .alarmWebhookSecret:
            true
        default: false
        }
    }

    /// Whether it names a program that Miyabi runs, or a key that it trusts. The `.env` file of a working directory comes with
    /// whatever was downloaded there, so it may not set these; the environment may.
    public var isEnvironmentOnly: Bool {
        switch self {
        case .postgresBinaries, .masterKey, .masterKeyFile: true
        default: name.hasSuffix("_COMMAND")
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

/// Reads typed values out of variables; whatever is not allowed is an error that names the variable, the value (unless it is
/// a secret), what is allowed, and where it comes from.
struct VariableReader {
    /// The process's environment, which wins.
    let environment: [String: String]
    /// The variables of the `.env` file.
    let file: [String: String]
    /// The `.env` file's path, for messages.
    let filePath: String
    private let config: ConfigReader

    init(environment: [String: String], file: [String: String], filePath: String) {
        (self.environment, self.file, self.filePath) = (environment, file, filePath)
        config = ConfigReader(
            providers: [environment, file].map { variables in
                // An empty value counts as not set, as `NAME=` in a `.env` file means.
                EnvironmentVariablesProvider(environmentVariables: variables.filter { !$0.value.isEmpty })
            })
    }

    /// The value, or nil where it is not set.
    func string(_ variable: Variable) -> String? {
        let key = ConfigKey(variable.name.lowercased().split(separator: "_").map(String.init))
        return config.string(forKey: key, isSecret: variable.isSecret)
    }

    /// Where a variable that is set comes from.
    func origin(_ variable: Variable) -> String {
        environment[variable.name]?.isEmpty == false ? "the environment" : filePath
    }

    /// Whether the `.env` file is what sets a variable.
    func isFromFile(_ variable: Variable) -> Bool {
        environment[variable.name]?.isEmpty != false && file[variable.name]?.isEmpty == false
    }

    /// - Throws: `invalidSetting` where the `.env` file names a program or a key.
    func refuseFromFile() throws(OperationsError) {
        for variable in Variable.allCases
        where variable.isEnvironmentOnly && file[variable.name]?.isEmpty == false { throw refusal(variable) }
    }

    /// - Parameter part: Which part of the value is refused, such as "its sslkey".
    func refusal(_ variable: Variable, _ part: String? = nil) -> OperationsError {
        OperationsError(
            .invalidSetting,
            "\(variable.name) is in \(filePath), and \(part.map { "\($0) " } ?? "")counts in the environment only",
            advice:
                "Whoever writes that file would choose a key, or a program to run. If it was you: export \(variable.name) "
                + "in the shell, and remove the line.")
    }

    func integer(_ variable: Variable, in range: ClosedRange<Int>, default value: Int? = nil) throws(OperationsError)
        -> Int?
    {
        guard let text = string(variable) else { return value }
        guard let number = Int(text), range.contains(number) else {
            throw invalid(variable, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func seconds(_ variable: Variable, in range: ClosedRange<Int>, default value: Int) throws(OperationsError)
        -> Duration
    {
        .seconds(try integer(variable, in: range, default: value) ?? value)
    }

    func boolean(_ variable: Variable, default value: Bool) throws(OperationsError) -> Bool {
        switch string(variable)?.lowercased() {
        case nil: return value
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default: throw invalid(variable, allowed: "true or false")
        }
    }

    /// `MIYABI_ALLOW_PLAINTEXT` of the process's own environment: the file in the working directory, which may be somebody
    /// else's, cannot have passwords sent in clear.
    var allowsPlaintext: Bool {
        get throws(OperationsError) {
            guard environment[Variable.allowPlaintext.name]?.isEmpty == false else { return false }
            return try boolean(.allowPlaintext, default: false)
        }
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ variable: Variable, _ type: Choice.Type
    ) throws(OperationsError) -> Choice? {
        guard let text = string(variable) else { return nil }
        guard let choice = Choice(rawValue: text.lowercased()) else {
            throw invalid(variable, allowed: "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    func invalid(_ variable: Variable, allowed: String) -> OperationsError {
        let value = variable.isSecret ? "(not shown)" : "'\(string(variable) ?? "")'"
        return OperationsError(
            .invalidSetting, "\(variable.name) is \(value) in \(origin(variable)); it must be \(allowed)")
    }
}
