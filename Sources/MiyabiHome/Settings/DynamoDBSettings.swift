public import AWSCore
public import DynamoDB
import MiyabiSystem

/// The DynamoDB half, as the specification's section 4.2 names it.
public struct DynamoDBSettings: Sendable {
    /// Where the half is.
    public enum Location: Sendable, Equatable {
        /// Started and owned by `miyabi up`.
        case embedded
        /// A compatible server at this URL (`DYNAMODB_ENDPOINT`).
        case endpoint(String)
        /// Amazon DynamoDB in `region` (`MIYABI_DYNAMODB=aws`).
        case aws
    }

    /// `MIYABI_DYNAMODB`.
    enum Kind: String, CaseIterable { case embedded, aws }

    /// Where the half is. AWS keys alone do not make it external: they lie in many shells for other reasons, and a laptop's
    /// data must not go to the cloud because of them. `DYNAMODB_ENDPOINT` or `MIYABI_DYNAMODB=aws` does.
    public var location: Location
    /// `AWS_REGION`, else `AWS_DEFAULT_REGION`; ap-northeast-1.
    public var region: String
    /// The key pair, where both parts are set.
    public var credentials: Credentials?
    /// `AWS_PROFILE`.
    public var profile: String?
    /// `AWS_SHARED_CREDENTIALS_FILE`.
    public var credentialsFile: String?
    /// `AWS_CA_BUNDLE`: the file of the authorities that an external DynamoDB's certificate must come from; the system's.
    public var authoritiesPath: String?
    /// `DYNAMODB_TIMEOUT`: for one operation, 1 to 300 s; 5.
    public var timeout: Duration
    /// `DYNAMODB_MAX_ATTEMPTS`: tries of one operation, the first included, 1 to 20; 3.
    public var maxAttempts: Int
    /// `DYNAMODB_BACKOFF_BASE_MS`: the bound of the wait before the first retry, 1 to 60,000 ms; 50.
    public var backoffBase: Duration
    /// `DYNAMODB_BACKOFF_MAX_MS`: the bound of every wait before a retry, 1 to 300,000 ms; 20,000.
    public var backoffMaximum: Duration

    init(_ reader: VariableReader) throws(OperationsError) {
        let kind = try reader.choice(.dynamoDB, Kind.self)
        if let endpoint = reader.string(.dynamoDBEndpoint), kind != .embedded {
            guard Self.isURL(endpoint) else {
                throw reader.invalid(.dynamoDBEndpoint, allowed: "a URL such as http://localhost:8000")
            }
            guard kind != .aws else {
                throw reader.invalid(
                    .dynamoDB, allowed: "unset when DYNAMODB_ENDPOINT is set: they name two different places")
            }
            location = .endpoint(endpoint)
        } else {
            location = kind == .aws ? .aws : .embedded
        }
        region = reader.string(.region) ?? reader.string(.defaultRegion) ?? "ap-northeast-1"
        guard region.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }) else {
            throw reader.invalid(
                reader.string(.region) == nil ? .defaultRegion : .region,
                allowed: "a region's name such as ap-northeast-1")
        }
        credentials = try Self.credentials(reader, required: location != .embedded)
        profile = reader.string(.profile)
        credentialsFile = reader.string(.credentialsFile)
        authoritiesPath = reader.string(.authorities)
        timeout = try reader.seconds(.dynamoDBTimeout, in: 1...300, default: 5)
        maxAttempts = try reader.integer(.dynamoDBMaxAttempts, in: 1...20) ?? 3
        backoffBase = .milliseconds(try reader.integer(.dynamoDBBackoffBase, in: 1...60_000) ?? 50)
        backoffMaximum = .milliseconds(try reader.integer(.dynamoDBBackoffMaximum, in: 1...300_000) ?? 20_000)
    }

    /// Half a key pair is an error where keys are used, and nobody's business where they are not.
    private static func credentials(_ reader: VariableReader, required: Bool) throws(OperationsError) -> Credentials? {
        let (id, key) = (reader.string(.accessKeyID), reader.string(.secretAccessKey))
        if let id, let key {
            return Credentials(accessKeyID: id, secretAccessKey: key, sessionToken: reader.string(.sessionToken))
        }
        if id != nil && required {
            throw reader.invalid(.accessKeyID, allowed: "set together with AWS_SECRET_ACCESS_KEY")
        }
        if key != nil && required {
            throw reader.invalid(.secretAccessKey, allowed: "set together with AWS_ACCESS_KEY_ID")
        }
        return nil
    }

    /// Whether an external half is talked to by TLS.
    public var isEncrypted: Bool {
        if case .endpoint(let endpoint) = location { return endpoint.lowercased().hasPrefix("https://") }
        return location == .aws
    }

    static func isURL(_ text: String) -> Bool {
        for scheme in ["http://", "https://"] where text.hasPrefix(scheme) {
            let host = text.dropFirst(scheme.count).prefix { $0 != "/" }
            return !host.isEmpty && !host.hasPrefix(":") && !host.contains("@") && !text.contains(where: \.isWhitespace)
        }
        return false
    }
}
