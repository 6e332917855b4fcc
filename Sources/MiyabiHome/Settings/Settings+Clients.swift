public import AWSCore
public import DynamoDB
import Foundation
public import Postgres

extension Settings {
    /// Which PostgreSQL is meant, without secrets, for a person who is about to change it.
    public var postgresName: String {
        guard let url = postgres.url else { return "PostgreSQL of \(home)" }
        if let otherHome { return "PostgreSQL of \(otherHome) (named by DATABASE_URL)" }
        return "the external PostgreSQL \((try? PostgresConfiguration(url.exposed))?.description ?? "")"
    }

    /// Whether both halves are external.
    public var hasNothingEmbedded: Bool { postgres.url != nil && dynamoDB.location != .embedded }

    /// Which database is meant, both halves of it.
    public var databaseName: String {
        if postgres.url == nil, dynamoDB.location == .embedded { return "\(home)" }
        return "\(postgresName) and DynamoDB (\(dynamoDB.location == .embedded ? "\(home)" : dynamoDB.address))"
    }
}

extension Settings {
    /// The address of a login of the PostgreSQL half. An external server has one login, and the owner's where it is named.
    ///
    /// - Parameters:
    ///   - embeddedPort: The embedded server's port; ``postgresPort`` unless it is known better.
    ///   - tls: How clients check the embedded server.
    package func address(of login: DatabaseLogin, embeddedPort: Int? = nil, tls: ServedTLS? = nil) -> String {
        guard let url = postgres.url?.exposed else {
            return home.databaseURL(of: login, port: embeddedPort ?? postgresPort, tls: tls)
        }
        if login == .owner, let owner = postgres.migrationURL?.exposed { return owner }
        // Another home's, named by DATABASE_URL.
        return login == .application ? url : OwnAddresses.address(of: login, insteadOf: url) ?? url
    }
}

extension PostgresSettings {
    /// How to connect to a URL with these settings: `DB_CONNECT_TIMEOUT` limits the attempt, `DB_STATEMENT_CACHE` the
    /// statements that stay prepared.
    public func configuration(_ url: String) throws -> PostgresConfiguration {
        var configuration = try Self.parsed(url, rdsAuthorities: rdsAuthorities)
        configuration.connectTimeout = connectTimeout
        configuration.statementCacheCapacity = statementCache
        configuration.allowsPlaintext = allowsPlaintext
        return configuration
    }

    /// - Parameter rdsAuthorities: The file that `sslrootcert=rds` stands for; where Amazon says to put it unless given.
    static func parsed(_ url: String, rdsAuthorities: String?) throws -> PostgresConfiguration {
        guard let rdsAuthorities else { return try PostgresConfiguration(url) }
        return try PostgresConfiguration(url, rdsAuthorities: [rdsAuthorities])
    }

    /// A pool of connections to `server` that keeps them as these settings say.
    package func pool(_ server: PostgresConfiguration, named name: String = "primary") -> PostgresPoolConfiguration {
        var configuration = PostgresPoolConfiguration(server, maximumConnections: maxConnections)
        configuration.name = name
        configuration.minimumConnections = minConnections
        configuration.acquireTimeout = acquireTimeout
        configuration.idleTimeout = idleTimeout == .zero ? nil : idleTimeout
        configuration.maximumLifetime = maxLifetime == .zero ? nil : maxLifetime
        configuration.testsBeforeAcquire = testBeforeAcquire
        return configuration
    }

    /// A pool of connections to the replica, if there is one. It is given up sooner than the primary, which can do the
    /// same work.
    package func replicaPool() throws -> PostgresPoolConfiguration? {
        guard let replicaURL else { return nil }
        var settings = self
        settings.acquireTimeout = min(acquireTimeout, .seconds(1))
        return settings.pool(try configuration(replicaURL.exposed), named: "replica")
    }
}

extension DynamoDBSettings {
    /// The key that stands for "any", as ID and as secret, for servers that take every one.
    public static let anyKey = "miyabi"

    /// The embedded half's address.
    package static func embeddedEndpoint(port: Int, tls: ServedTLS? = nil) -> String {
        "\(tls == nil ? "http" : "https")://\(ServedTLS.urlHost(tls)):\(port)"
    }

    /// Where the half is, in words.
    public var address: String {
        switch location {
        case .embedded: "embedded"
        case .endpoint(let endpoint): endpoint
        case .aws: "AWS, region \(region)"
        }
    }

    /// The environment in which credentials are looked for; nil for the process's own.
    private var credentialsEnvironment: [String: String]? {
        credentialsFile.map { file in
            ProcessInfo.processInfo.environment.merging([Variable.credentialsFile.name: file]) { $1 }
        }
    }

    fileprivate var credentialsProvider: any CredentialsProvider {
        if let credentials { return StaticCredentialsProvider(credentials) }
        guard case .endpoint(let endpoint) = location, endpoint.hasPrefix("http://") else {
            return .standard(profile: profile, environment: credentialsEnvironment)
        }
        // AWS answers on https only; of the others many (DynamoDB Local, Alternator without accounts) take any key.
        let anyKey = Credentials(accessKeyID: Self.anyKey, secretAccessKey: Self.anyKey)
        return CachedCredentialsProvider(
            CredentialsChain([
                EnvironmentCredentialsProvider(),
                ProfileCredentialsProvider(profile: profile, environment: credentialsEnvironment),
                StaticCredentialsProvider(anyKey),
            ]))
    }
}

extension Settings {
    /// How a client reaches the DynamoDB half: the embedded one by the home's own access key.
    ///
    /// - Parameters:
    ///   - embeddedPort: The embedded service's port; ``dynamoDBPort`` unless it is known better.
    ///   - tls: How clients check the embedded service.
    public func dynamoDBClient(embeddedPort: Int? = nil, tls: ServedTLS? = nil) -> DynamoDBClientConfiguration {
        var configuration = DynamoDBClientConfiguration(region: dynamoDB.region)
        configuration.timeout = dynamoDB.timeout
        configuration.maximumAttempts = dynamoDB.maxAttempts
        configuration.backoffBase = dynamoDB.backoffBase
        configuration.backoffMaximum = dynamoDB.backoffMaximum
        configuration.credentials = dynamoDB.credentialsProvider
        configuration.allowsPlaintext = allowsPlaintext
        configuration.authoritiesPath = dynamoDB.authoritiesPath
        switch dynamoDB.location {
        case .aws: break
        case .endpoint(let endpoint): configuration.endpoint = endpoint
        case .embedded:
            configuration.endpoint = DynamoDBSettings.embeddedEndpoint(
                port: embeddedPort ?? dynamoDBPort, tls: tls)
            configuration.authoritiesPath = tls?.authority
            configuration.credentials = CachedCredentialsProvider(
                ProfileCredentialsProvider(
                    profile: CredentialsFile.profile,
                    environment: [
                        Variable.credentialsFile.name: home.credentialsPath, "AWS_CONFIG_FILE": "/dev/null",
                    ]))
        }
        return configuration
    }
}
