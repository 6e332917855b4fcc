/// Credentials of the role of an EC2 instance, from its metadata service, version 2.
///
/// `AWS_EC2_METADATA_SERVICE_ENDPOINT` and `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE` (`IPv4`, `IPv6`) say where it is;
/// `AWS_EC2_METADATA_DISABLED=true` turns it off.
///
/// Source: AWS, "IMDS credential provider" in the AWS SDKs and tools reference guide, and "Use the Instance Metadata
/// Service" in the Amazon EC2 user guide.
public struct InstanceCredentialsProvider: CredentialsProvider {
    private let environment: [String: String]

    /// Reads the process's environment, or the one given.
    public init(environment: [String: String]? = nil) {
        self.environment = environment ?? Platform.environment
    }

    /// The credentials of the instance's role.
    public func credentials() async throws -> Credentials {
        if environment.value("AWS_EC2_METADATA_DISABLED")?.lowercased() == "true" {
            throw AWSError.unavailable("the instance's metadata are turned off (AWS_EC2_METADATA_DISABLED)")
        }
        let base = try address()
        let token = try await token(base)
        let roles = base + "/latest/meta-data/iam/security-credentials/"
        let list = try await get(roles, token)
        guard list.status == 200, let role = list.body.split(whereSeparator: \.isNewline).first else {
            throw AWSError.unavailable("the instance at \(base) has no role")
        }
        let answer = try await get(roles + role, token)
        guard answer.status == 200 else {
            throw AWSError.refused(
                "The instance's metadata service answered \(answer.status) at \(roles)")
        }
        return try CredentialsDocument.credentials(in: answer.body, from: roles)
    }

    private func address() throws(AWSError) -> String {
        if let address = environment.value("AWS_EC2_METADATA_SERVICE_ENDPOINT") {
            return address.hasSuffix("/") ? String(address.dropLast()) : address
        }
        switch environment.value("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")?.lowercased() {
        case nil, "ipv4": return "http://169.254.169.254"
        case "ipv6": return "http://[fd00:ec2::254]"
        default: throw .refused("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE must be IPv4 or IPv6")
        }
    }

    /// A token for the requests that follow. Where nobody answers within a second, this is not an instance.
    private func token(_ base: String) async throws -> String {
        let request = CredentialsRequest(
            method: "PUT", url: base + "/latest/api/token",
            headers: [("x-aws-ec2-metadata-token-ttl-seconds", "21600")], timeout: .seconds(1))
        let response: CredentialsRequest.Response
        do {
            response = try await request.send()
        } catch let error as AWSError {
            throw AWSError.unavailable("no instance metadata at \(base): \(error.message)")
        }
        guard response.status == 200 else {
            throw AWSError.unavailable("no instance metadata of version 2 at \(base): status \(response.status)")
        }
        return response.body
    }

    private func get(_ url: String, _ token: String) async throws -> CredentialsRequest.Response {
        try await CredentialsRequest(
            url: url, headers: [("x-aws-ec2-metadata-token", token)], timeout: .seconds(1), attempts: 3
        ).send()
    }
}
