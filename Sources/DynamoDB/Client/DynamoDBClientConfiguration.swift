// Credentials are part of the configuration: who makes a client has their types.
@_exported public import AWSCore

/// How a ``DynamoDBClient`` reaches DynamoDB.
public struct DynamoDBClientConfiguration: Sendable {
    /// The AWS region: it is part of every signature, and names AWS's endpoint. Default `ap-northeast-1`.
    public var region: String
    /// The server's address, such as `http://127.0.0.1:8000`; nil for AWS's endpoint in the region.
    public var endpoint: String?
    /// Where credentials come from.
    public var credentials: any CredentialsProvider
    /// A file of the authorities in PEM that a server's certificate must come from; nil for what `AWS_CA_BUNDLE` names in the
    /// process's environment, and else for those that the system trusts. Default nil.
    public var authoritiesPath: String?
    /// Whether an `http://` address of another host is used with keys that open something. Somebody on the way could read and
    /// change all that is sent; so by default not, and operations throw ``DynamoDBError`` with `plaintextRefused`. Keys whose
    /// ID and secret are the same text, as stand-ins for servers that ask for none, open nothing. Default false.
    public var allowsPlaintext = false
    /// How long an operation may take in all, retries included. Default 5 s.
    public var timeout: Duration
    /// How long one attempt of an operation may take; nil for all the time that is left. Default nil.
    public var attemptTimeout: Duration?
    /// The bound of the wait before the first retry; each later one doubles it. The wait is random below the bound, and
    /// ten times as long when the server asks to slow down. Default 50 ms.
    public var backoffBase: Duration
    /// The bound of every wait before a retry. Default 20 s.
    public var backoffMaximum: Duration
    /// How long a connection may take to be made. Default 3 s.
    public var connectTimeout: Duration
    /// How often a request is sent in all, from 1. Default 3.
    public var maximumAttempts: Int
    /// After how long an unused connection is closed. Default 90 s.
    public var connectionIdleTimeout: Duration
    /// How many connections are open at most; further requests wait. Default 64.
    public var maximumConnections: Int

    /// Makes a configuration; ``DynamoDBClient`` checks it.
    public init(
        region: String = "ap-northeast-1",
        endpoint: String? = nil,
        credentials: any CredentialsProvider = .standard(),
        timeout: Duration = .seconds(5),
        attemptTimeout: Duration? = nil,
        connectTimeout: Duration = .seconds(3),
        maximumAttempts: Int = 3,
        backoffBase: Duration = .milliseconds(50),
        backoffMaximum: Duration = .seconds(20),
        connectionIdleTimeout: Duration = .seconds(90),
        maximumConnections: Int = 64
    ) {
        self.region = region
        self.endpoint = endpoint
        self.credentials = credentials
        self.timeout = timeout
        self.attemptTimeout = attemptTimeout
        self.backoffBase = backoffBase
        self.backoffMaximum = backoffMaximum
        self.connectTimeout = connectTimeout
        self.maximumAttempts = maximumAttempts
        self.connectionIdleTimeout = connectionIdleTimeout
        self.maximumConnections = maximumConnections
    }

    /// Checks every value and finds the endpoint.
    func validated(for service: APIService = .dynamoDB) throws(DynamoDBError) -> Endpoint {
        guard maximumAttempts >= 1 else { throw invalid("maximumAttempts is \(maximumAttempts): it must be 1 or more") }
        let durations = [
            ("timeout", timeout), ("attemptTimeout", attemptTimeout ?? timeout), ("connectTimeout", connectTimeout),
            ("backoffBase", backoffBase), ("backoffMaximum", backoffMaximum),
        ]
        for (name, duration) in durations where duration <= .zero {
            throw invalid("\(name) is \(duration): it must be above zero")
        }
        guard maximumConnections >= 1 else {
            throw invalid("maximumConnections is \(maximumConnections): it must be 1 or more")
        }
        do throws(AWSError) {
            let regional = try Endpoint.regional(region, service: service.hostName)
            guard let endpoint else { return regional }
            return try Endpoint(endpoint)
        } catch {
            throw DynamoDBError(error)
        }
    }

    private func invalid(_ message: String) -> DynamoDBError {
        DynamoDBError(code: .invalidConfiguration, message: message)
    }
}
