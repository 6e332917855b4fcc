/// How a ``DynamoDBClient`` reaches DynamoDB.
public struct DynamoDBClientConfiguration: Sendable {
    /// The AWS region: it is part of every signature, and names AWS's endpoint. Default `ap-northeast-1`.
    public var region: String
    /// The server's address, such as `http://127.0.0.1:8000`; nil for AWS's endpoint in the region.
    public var endpoint: String?
    /// Where credentials come from.
    public var credentials: any CredentialsProvider
    /// How long an operation may take in all, retries included. Default 5 s.
    public var timeout: Duration
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
        credentials: any CredentialsProvider = CredentialsChain.standard(),
        timeout: Duration = .seconds(5),
        connectTimeout: Duration = .seconds(3),
        maximumAttempts: Int = 3,
        connectionIdleTimeout: Duration = .seconds(90),
        maximumConnections: Int = 64
    ) {
        self.region = region
        self.endpoint = endpoint
        self.credentials = credentials
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.maximumAttempts = maximumAttempts
        self.connectionIdleTimeout = connectionIdleTimeout
        self.maximumConnections = maximumConnections
    }

    /// Checks every value and finds the endpoint.
    func validated(for service: APIService = .dynamoDB) throws(DynamoDBError) -> Endpoint {
        guard maximumAttempts >= 1 else { throw invalid("maximumAttempts is \(maximumAttempts): it must be 1 or more") }
        guard timeout > .zero else { throw invalid("timeout is \(timeout): it must be above zero") }
        guard connectTimeout > .zero else {
            throw invalid("connectTimeout is \(connectTimeout): it must be above zero")
        }
        guard maximumConnections >= 1 else {
            throw invalid("maximumConnections is \(maximumConnections): it must be 1 or more")
        }
        let regional = try Endpoint.regional(region, service)
        guard let endpoint else { return regional }
        return try Endpoint(endpoint)
    }

    private func invalid(_ message: String) -> DynamoDBError {
        DynamoDBError(code: .invalidConfiguration, message: message)
    }
}
