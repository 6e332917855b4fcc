public import FoundationEssentials
public import MiyabiSystem
import Postgres

/// Everything that the environment and the `.env` file say, checked and typed.
///
/// The process's environment wins over the `.env` file in the current directory. A value that is not allowed is an error,
/// never a default; a name that is nearly one of ours is a warning.
public struct Settings: Sendable {
    /// The home: `--home`, `MIYABI_HOME`, or `.miyabi` in the current directory.
    public var home: MiyabiHome
    /// `MIYABI_BACKUPS`: the path of the directory of backups; the home's name with "-backups", beside it.
    public var backupsPath: String
    /// `MIYABI_BACKUP_KEY`: the file of the key of backups that another home made; an absolute path.
    public var backupKeyPath: String?
    /// Where the master keys of encrypted data come from, where that is not the home's own file; the environment alone says.
    public var keySource: KeySource?
    /// `MIYABI_REQUIRE_ENCRYPTED_VOLUME`: whether PostgreSQL is started only where the volume of its data is encrypted.
    public var requiresEncryptedVolume: Bool
    /// `MIYABI_MIGRATIONS`: the directory of the user's own migrations, which `miyabi up` runs after Miyabi's; none.
    public var migrations: URL?
    /// `MIYABI_LOCK_TIMEOUT`: how long a statement of a migration waits for a lock, 0 (without an end) to 86,400 s; 10.
    public var lockTimeout: Duration
    /// The PostgreSQL half.
    public var postgres: PostgresSettings
    /// The DynamoDB half.
    public var dynamoDB: DynamoDBSettings
    /// Whether and how the embedded halves speak TLS, and where they listen.
    public var tls: TLSSettings
    /// `MIYABI_ALLOW_PLAINTEXT`: whether other hosts may be talked to in clear; of the process's environment only, since the
    /// `.env` file may be somebody else's.
    public var allowsPlaintext: Bool
    /// `MIYABI_POSTGRES_PORT`: the embedded server's port, 0 for any free one; 54329.
    public var postgresPort: Int
    /// `MIYABI_DYNAMODB_PORT`: the embedded service's port, 0 for any free one; 8000.
    public var dynamoDBPort: Int
    /// `MIYABI_POSTGRES_BIN`: the directory of `initdb` and `postgres`.
    public var postgresBinaries: String?
    /// `MIYABI_INSTANCES`: application instances that share the server, 1 to 1,000; 1.
    public var instances: Int
    /// The machine, its memory replaced by `MIYABI_MEMORY_MB` (256 to 16,777,216) where that is set.
    public var machine: Machine
    /// `MIYABI_LOG_LEVEL`.
    public var logLevel: LogLevel?
    /// What is watched, and who is told of alarms.
    public var monitor: MonitorSettings
    /// `PATH`, where programs are searched last.
    public var path: String
    /// Names that look like a variable of ours and are none, and addresses that are not used.
    public var warnings: [String]
    /// The home that an address in the environment leads to, where that is not ``home``.
    public var otherHome: MiyabiHome?
    /// Where the environment names two homes: what each half is then; nil where it names one.
    public var disagreement: String?

    /// The levels of `MIYABI_LOG_LEVEL`; swift-log's.
    public enum LogLevel: String, Sendable, CaseIterable {
        case trace, debug, info, notice, warning, error, critical
    }

    /// The port of the embedded PostgreSQL where nothing else is said.
    public static let defaultPostgresPort = 54_329
    /// The port of the embedded DynamoDB where nothing else is said; DynamoDB Local's.
    static let defaultDynamoDBPort = 8000

    /// Reads the environment and the `.env` file of the current directory.
    ///
    /// - Parameter homeOption: the value of `--home`.
    /// - Throws: `invalidSetting`, naming the variable, its value unless secret, what is allowed and where it was set.
    public static func load(
        homeOption: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
        directory: String = FileManager.default.currentDirectoryPath
    ) throws(OperationsError) -> Settings {
        let path = directory + "/.env"
        var file: [String: String] = [:]
        if Files.exists(path) {
            guard let text = Files.read(path) else { throw .system("read", path) }
            file = try EnvironmentFileText(text, path: path).variables
        }
        return try Settings(
            VariableReader(environment: environment, file: file, filePath: path), homeOption: homeOption,
            directory: directory)
    }

    /// The master keys of the home.
    public var masterKeys: HomeKeys { HomeKeys(home, source: keySource) }

    /// The same with a port of the last run in the place of any free one, as long as nobody else has it: addresses in shells
    /// and in `.env` stay good.
    package func withPortsOfLastRun() throws(OperationsError) -> Settings {
        var settings = self
        let last = OwnAddresses(home: home).lastPorts
        if postgresPort == 0, let port = last.postgres, try LocalPort.isFree(port) { settings.postgresPort = port }
        if dynamoDBPort == 0, let port = last.dynamoDB, try LocalPort.isFree(port) { settings.dynamoDBPort = port }
        return settings
    }

    /// Refuses backups in the home, which `miyabi reset` would remove with the data.
    package func refuseBackupsInHome() throws(OperationsError) {
        let places = [backupsPath, home.path].map { Files.resolve($0) ?? $0 }
        guard places[0] == places[1] || places[0].hasPrefix(places[1] + "/") else { return }
        throw OperationsError(
            .backup, "the backups would be in the home, which `miyabi reset` removes: \(backupsPath)",
            advice: "Name another directory in MIYABI_BACKUPS or with --backups.")
    }

    init(_ reader: VariableReader, homeOption: String?, directory: String) throws(OperationsError) {
        try reader.refuseFromFile()
        let named = homeOption ?? reader.string(.home) ?? ".miyabi"
        home = MiyabiHome(path: named.hasPrefix("/") ? named : "\(directory)/\(named)")
        backupsPath =
            reader.string(.backups).map { $0.hasPrefix("/") ? $0 : "\(directory)/\($0)" } ?? home.path + "-backups"
        backupKeyPath = reader.string(.backupKey).map { $0.hasPrefix("/") ? $0 : "\(directory)/\($0)" }
        keySource = try KeySource(environment: reader.environment)
        requiresEncryptedVolume = try reader.boolean(.requiresEncryptedVolume, default: false)
        migrations = reader.string(.migrations).map {
            URL(filePath: $0.hasPrefix("/") ? $0 : "\(directory)/\($0)", directoryHint: .isDirectory)
        }
        lockTimeout = try reader.seconds(.lockTimeout, in: 0...86_400, default: 10)
        postgres = try PostgresSettings(reader)
        dynamoDB = try DynamoDBSettings(reader)
        postgresPort = try reader.integer(.postgresPort, in: 0...65_535) ?? Self.defaultPostgresPort
        dynamoDBPort = try reader.integer(.dynamoDBPort, in: 0...65_535) ?? Self.defaultDynamoDBPort
        tls = try TLSSettings(reader, directory: directory)
        allowsPlaintext = try reader.allowsPlaintext
        warnings = Variable.warnings(for: Set(reader.environment.keys).union(reader.file.keys))
        postgresBinaries = reader.string(.postgresBinaries)
        instances = try reader.integer(.instances, in: 1...1000) ?? 1
        machine = Machine.current()
        if let memory = try reader.integer(.memory, in: 256...16_777_216) {
            machine = Machine(memoryMiB: memory, memorySource: "MIYABI_MEMORY_MB", processors: machine.processors)
        }
        logLevel = try reader.choice(.logLevel, LogLevel.self)
        monitor = try MonitorSettings(reader)
        path = reader.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        takeOwnAddresses(reader)
        if homeOption != nil { leaveAddressesOfOtherHomes(reader, directory: directory) } else { compareHomes(reader) }
    }

    /// Without `--home`, addresses win over `MIYABI_HOME`. The person is told which home each half is of.
    private mutating func compareHomes(_ reader: VariableReader) {
        guard let url = postgres.url?.exposed, let other = OwnAddresses.home(ofDatabaseURL: url), other != home else {
            return
        }
        otherHome = other
        var isOthersDynamoDB = false
        if case .endpoint(let endpoint) = dynamoDB.location {
            isOthersDynamoDB = OwnAddresses(home: other).port(ofEndpoint: endpoint) != nil
        }
        let isNamed = reader.string(.home) != nil
        guard isNamed || dynamoDB.location == .embedded else { return }
        let names = isOthersDynamoDB ? "DATABASE_URL and DYNAMODB_ENDPOINT lead" : "DATABASE_URL leads"
        let named = isNamed ? "MIYABI_HOME names \(home)" : "the home is \(home)"
        let otherHalf =
            isOthersDynamoDB
            ? "so is DynamoDB"
            : dynamoDB.location == .embedded ? "DynamoDB that of \(home)" : "DynamoDB is \(dynamoDB.address)"
        disagreement =
            "\(names) to \(other), but \(named). PostgreSQL is that of \(other), \(otherHalf). To use one home for both, unset "
            + "DATABASE_URL and DYNAMODB_ENDPOINT, or use --home."
    }

    /// What `miyabi up` printed may stand in `.env` or the shell: it means the embedded half, at the same port.
    private mutating func takeOwnAddresses(_ reader: VariableReader) {
        let own = OwnAddresses(home: home)
        if let url = postgres.url, let port = own.port(ofDatabaseURL: url.exposed) {
            (postgres.url, postgres.migrationURL) = (nil, nil)
            if reader.string(.postgresPort) == nil { postgresPort = port }
        }
        // Without DATABASE_URL the owner's address can only be that of a home, and a home knows it.
        if postgres.url == nil { postgres.migrationURL = nil }
        if case .endpoint(let endpoint) = dynamoDB.location, let port = own.port(ofEndpoint: endpoint) {
            dynamoDB.location = .embedded
            if reader.string(.dynamoDBPort) == nil { dynamoDBPort = port }
        }
    }

    /// `--home` names a home, and with it its halves: what is left in the shell of another home must not stand in for them.
    /// Addresses of external servers stay, since a home may have an external half.
    private mutating func leaveAddressesOfOtherHomes(_ reader: VariableReader, directory: String) {
        let url = postgres.url?.exposed
        var others = [reader.string(.home), ".miyabi"].compactMap { $0 }
            .map { MiyabiHome(path: $0.hasPrefix("/") ? $0 : "\(directory)/\($0)") }
        if let url, let other = OwnAddresses.home(ofDatabaseURL: url) { others.insert(other, at: 0) }
        let own = others.filter { $0 != home }.map { OwnAddresses(home: $0) }
        if let url, let other = own.first(where: { $0.port(ofDatabaseURL: url) != nil }) {
            (postgres.url, postgres.replicaURL, postgres.migrationURL) = (nil, nil, nil)
            warnings.append("DATABASE_URL is left aside: it is that of \(other.home), and --home names \(home)")
        }
        if case .endpoint(let endpoint) = dynamoDB.location,
            let other = own.first(where: { $0.port(ofEndpoint: endpoint) != nil })
        {
            dynamoDB.location = .embedded
            warnings.append("DYNAMODB_ENDPOINT is left aside: it is that of \(other.home), and --home names \(home)")
        }
    }
}
