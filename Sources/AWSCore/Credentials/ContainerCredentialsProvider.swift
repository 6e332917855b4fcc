/// Credentials from the endpoint that Amazon ECS and EKS give to a container.
///
/// `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` names a path on ECS's own address, or else
/// `AWS_CONTAINER_CREDENTIALS_FULL_URI` a whole address: one that is encrypted, on this machine, or ECS's or EKS's own.
/// `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`, or else `AWS_CONTAINER_AUTHORIZATION_TOKEN`, is sent with the request.
///
/// Source: AWS, "Container credential provider" in the AWS SDKs and tools reference guide.
public struct ContainerCredentialsProvider: CredentialsProvider {
    private let environment: [String: String]
    private let relativeBase: String

    /// Reads the process's environment, or the one given.
    public init(environment: [String: String]? = nil) {
        self.init(environment: environment, relativeBase: "http://169.254.170.2")
    }

    /// - Parameter relativeBase: the address that relative paths are on.
    init(environment: [String: String]?, relativeBase: String) {
        self.environment = environment ?? Platform.environment
        self.relativeBase = relativeBase
    }

    /// The container's credentials.
    public func credentials() async throws -> Credentials {
        let request = CredentialsRequest(url: try address(), headers: try authorization(), attempts: 3)
        let response = try await request.send()
        guard response.status == 200 else {
            throw AWSError.refused(
                "The container's endpoint \(request.url) answered \(response.status)")
        }
        return try CredentialsDocument.credentials(in: response.body, from: request.url)
    }

    private func address() throws(AWSError) -> String {
        if let path = environment.value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") { return relativeBase + path }
        guard let address = environment.value("AWS_CONTAINER_CREDENTIALS_FULL_URI") else {
            throw .unavailable("the environment names no container endpoint (AWS_CONTAINER_CREDENTIALS_FULL_URI)")
        }
        // The query is the endpoint's own business; only the host is judged.
        let endpoint: Endpoint
        do {
            endpoint = try Endpoint(String(address.prefix { $0 != "?" }))
        } catch {
            throw .refused("AWS_CONTAINER_CREDENTIALS_FULL_URI is not an address: \(error.message)")
        }
        guard endpoint.isEncrypted || ContainerCredentialsProvider.isTrusted(endpoint.host) else {
            throw .refused(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI must begin with https:// or name this machine, "
                    + "169.254.170.2, 169.254.170.23 or [fd00:ec2::23], not \(endpoint.host)")
        }
        return address
    }

    static func isTrusted(_ host: String) -> Bool {
        if ["localhost", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"].contains(host.lowercased()) {
            return true
        }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private func authorization() throws(AWSError) -> [(name: String, value: String)] {
        var token = environment.value("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        if let path = environment.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
            guard let text = Platform.text(ofFile: path) else {
                throw .refused("\(path) (AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE) cannot be read")
            }
            token = text
        }
        guard let token else { return [] }
        guard token.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .refused("The container's authorization token must be one line")
        }
        return [("authorization", token)]
    }
}
