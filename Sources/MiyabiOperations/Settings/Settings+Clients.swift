public import DynamoDB
public import Logging
public import Postgres

extension PostgresSettings {
    /// How to connect to a URL with these settings: `DB_CONNECT_TIMEOUT` limits the attempt.
    public func configuration(_ url: String) throws -> PostgresConfiguration {
        var configuration = try PostgresConfiguration(url)
        configuration.connectTimeout = connectTimeout
        return configuration
    }
}

extension DynamoDBSettings {
    /// Where the half is, in words.
    public var address: String {
        switch location {
        case .embedded: "embedded"
        case .endpoint(let endpoint): endpoint
        case .aws: "AWS, region \(region)"
        }
    }

    /// A client for these settings.
    ///
    /// - Parameter embeddedPort: The embedded service's port; it takes any key.
    public func client(embeddedPort: Int? = nil, logger: Logger) throws -> DynamoDBClient {
        var configuration = DynamoDBClientConfiguration(region: region)
        configuration.timeout = timeout
        configuration.maximumAttempts = maxAttempts
        if case .endpoint(let endpoint) = location { configuration.endpoint = endpoint }
        if location == .embedded, let embeddedPort {
            configuration.endpoint = ConnectionDetails.endpoint(port: embeddedPort)
            configuration.credentials = StaticCredentialsProvider(
                Credentials(
                    accessKeyID: ConnectionDetails.anyKey, secretAccessKey: ConnectionDetails.anyKey, sessionToken: nil)
            )
        } else if let credentials {
            configuration.credentials = StaticCredentialsProvider(credentials)
        } else {
            configuration.credentials = CredentialsChain.standard(profile: profile)
        }
        return try DynamoDBClient(configuration, logger: logger)
    }
}
