import Foundation
import NIOHTTP1
import Testing

@testable import AWSCore

/// The providers that ask a service, against servers that answer as AWS's documentation says.
@Suite struct ServiceCredentialsTests {
    private static let document =
        #"{"Code":"Success","AccessKeyId":"A","SecretAccessKey":"S","Token":"T","Expiration":"2030-01-01T00:00:00Z"}"#
    private static let expected = Credentials(
        accessKeyID: "A", secretAccessKey: "S", sessionToken: "T", expiration: 1_893_456_000)

    private func code(_ provider: some CredentialsProvider) async throws -> AWSError.Code {
        try await #require(throws: AWSError.self) { try await provider.credentials() }.code
    }

    // MARK: Instance metadata

    /// Version 2: a token by PUT, then the role's name, then its credentials, all with the token.
    private static func metadata(_ request: LocalServer.Request) -> LocalServer.Answer {
        let path = "/latest/meta-data/iam/security-credentials/"
        if request.method == "PUT", request.uri == "/latest/api/token" {
            let seconds = request.headers.first(name: "x-aws-ec2-metadata-token-ttl-seconds")
            return seconds == "21600" ? .init(body: "TOKEN==") : .init(status: 400)
        }
        guard request.headers.first(name: "x-aws-ec2-metadata-token") == "TOKEN==" else { return .init(status: 401) }
        switch request.uri {
        case path: return .init(body: "role-name\n")
        case path + "role-name": return .init(body: document)
        default: return .init(status: 404)
        }
    }

    @Test func theInstancesRoleIsUsed() async throws {
        try await LocalServer.run(answering: Self.metadata) { server in
            var environment = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.address + "/"]
            let provider = InstanceCredentialsProvider(environment: environment)
            let found = try await provider.credentials()
            #expect(found == Self.expected)
            #expect(server.requests.count == 3)

            environment["AWS_EC2_METADATA_DISABLED"] = "TRUE"
            let disabled = try await code(InstanceCredentialsProvider(environment: environment))
            #expect(disabled == .credentialsUnavailable)
            #expect(server.requests.count == 3)
        }
    }

    @Test func aMachineWithoutMetadataOrRoleIsPassedOver() async throws {
        try await LocalServer.run(answering: { .init(status: $0.method == "PUT" ? 200 : 404, body: "t") }) { server in
            let environment = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.address]
            let refusal = try await code(InstanceCredentialsProvider(environment: environment))
            #expect(refusal == .credentialsUnavailable)
        }
        let nobody = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:\(try await freePort())"]
        #expect(try await code(InstanceCredentialsProvider(environment: nobody)) == .credentialsUnavailable)
    }

    // MARK: Container

    @Test func theContainersEndpointIsAskedWithItsToken() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "token-\(UUID())")
        try Data("from a file".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await LocalServer.run(answering: { _ in .init(body: Self.document) }) { server in
            var environment = [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.address + "/v1/credentials?id=7",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "from the environment",
            ]
            let first = ContainerCredentialsProvider(environment: environment)
            #expect(try await first.credentials() == Self.expected)
            environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = file.path
            _ = try await ContainerCredentialsProvider(environment: environment).credentials()
            environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/v2/credentials/uuid"
            _ = try await ContainerCredentialsProvider(environment: environment, relativeBase: server.address)
                .credentials()
            #expect(
                server.requests.map(\.uri) == ["/v1/credentials?id=7", "/v1/credentials?id=7", "/v2/credentials/uuid"])
            #expect(
                server.requests.map { $0.headers.first(name: "authorization") }
                    == ["from the environment", "from a file", "from a file"])
        }
    }

    @Test func aBusyEndpointIsAskedAgainAndARefusalIsTold() async throws {
        let attempts = CallCounter()
        try await LocalServer.run(answering: { _ in
            attempts.next() < 2 ? .init(status: 503) : .init(body: Self.document)
        }) { server in
            let environment = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.address]
            let refusal = try await ContainerCredentialsProvider(environment: environment).credentials()
            #expect(refusal == Self.expected)
        }
        for answer in [
            LocalServer.Answer(status: 403), .init(body: "<html>"), .init(body: "{}"),
            .init(body: #"{"Code":"Failed"}"#),
            .init(body: #"{"AccessKeyId":"A","SecretAccessKey":"S","Expiration":"soon"}"#),
        ] {
            try await LocalServer.run(answering: { _ in answer }) { server in
                let environment = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.address]
                let refusal = try await code(ContainerCredentialsProvider(environment: environment))
                #expect(refusal == .credentialsRefused)
            }
        }
    }

    @Test(arguments: [
        "http://example.com/", "http://169.254.170.3/", "http://127.0.0.1.example.com/", "http://127.1/",
        "ftp://127.0.0.1/",
        "http://user@127.0.0.1/",
    ])
    func tokensGoToTrustedHostsOnly(address: String) async throws {
        let provider = ContainerCredentialsProvider(environment: [
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": address, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "secret",
        ])
        let error = try await #require(throws: AWSError.self) { try await provider.credentials() }
        #expect(error.code == .credentialsRefused && !error.message.contains("secret"))
    }

    @Test(arguments: [
        "localhost", "127.0.0.1", "127.8.9.10", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]",
    ])
    func theseHostsAreTrusted(host: String) {
        #expect(ContainerCredentialsProvider.isTrusted(host))
    }

    @Test func aTokenOfTwoLinesIsRefused() async throws {
        let environment = [
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nb: c",
        ]
        #expect(try await code(ContainerCredentialsProvider(environment: environment)) == .credentialsRefused)
        #expect(try await code(ContainerCredentialsProvider(environment: [:])) == .credentialsUnavailable)
    }

    // MARK: Security Token Service

    private static func assumed(_ action: String) -> String {
        """
        <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(action)Result><Credentials>
        <AccessKeyId>A</AccessKeyId><SecretAccessKey>S</SecretAccessKey><SessionToken>T</SessionToken>
        <Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></\(action)Result></\(action)Response>
        """
    }

    @Test func aWebIdentityTakesOnItsRole() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "identity-\(UUID())")
        try Data("to/ken+=".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await LocalServer.run(answering: { _ in .init(body: Self.assumed("AssumeRoleWithWebIdentity")) }) {
            server in
            var environment = [
                "AWS_WEB_IDENTITY_TOKEN_FILE": file.path, "AWS_ROLE_ARN": "arn:aws:iam::1:role/r",
                "AWS_ROLE_SESSION_NAME": "me", "AWS_ENDPOINT_URL_STS": server.address,
            ]
            #expect(try await WebIdentityCredentialsProvider(environment: environment).credentials() == Self.expected)
            let request = try #require(server.requests.first)
            #expect(request.method == "POST" && request.headers.first(name: "authorization") == nil)
            #expect(
                request.body
                    == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr"
                    + "&RoleSessionName=me&WebIdentityToken=to%2Fken%2B%3D")

            environment["AWS_ROLE_ARN"] = nil
            #expect(try await code(WebIdentityCredentialsProvider(environment: environment)) == .credentialsRefused)
            #expect(try await code(WebIdentityCredentialsProvider(environment: [:])) == .credentialsUnavailable)
        }
    }

    @Test func aRefusalOfTheServiceIsTold() async throws {
        let body =
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>a &lt;b&gt; &amp;lt;</Message></Error></ErrorResponse>"
        try await LocalServer.run(answering: { _ in .init(status: 403, body: body) }) { server in
            let service = SecurityTokenService(environment: ["AWS_ENDPOINT_URL_STS": server.address], region: nil)
            let error = try await #require(throws: AWSError.self) {
                try await service.assume(Role(arn: "arn"), as: Credentials(accessKeyID: "A", secretAccessKey: "SECRET"))
            }
            #expect(error.code == .credentialsRefused)
            #expect(error.message.contains("AccessDenied: a <b> &lt;") && !error.message.contains("SECRET"))
        }
    }

    @Test func aProfilesRoleIsTakenOnWithItsSourcesCredentials() async throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "home-\(UUID())")
        try FileManager.default.createDirectory(at: home.appending(path: ".aws"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        try Data(
            """
            [profile outer]
            role_arn = arn:outer
            source_profile = inner
            region = eu-west-1
            external_id = x y
            duration_seconds = 900
            [profile inner]
            role_arn = arn:inner
            credential_source = Environment
            """.utf8
        ).write(to: home.appending(path: ".aws/config"))
        try await LocalServer.run(answering: { _ in .init(body: Self.assumed("AssumeRole")) }) { server in
            let environment = [
                "HOME": home.path, "AWS_ENDPOINT_URL_STS": server.address, "AWS_ACCESS_KEY_ID": "ENV",
                "AWS_SECRET_ACCESS_KEY": "SECRET",
            ]
            let provider = ProfileCredentialsProvider(profile: "outer", environment: environment)
            let found = try await provider.credentials()
            #expect(found == Self.expected)
            let requests = server.requests
            #expect(requests.count == 2)
            #expect(requests[0].body.contains("RoleArn=arn%3Ainner&RoleSessionName=miyabi-"))
            #expect(requests[1].body.contains("RoleArn=arn%3Aouter"))
            #expect(requests[1].body.hasSuffix("&DurationSeconds=900&ExternalId=x%20y"))
            let scopes = requests.map { $0.headers.first(name: "authorization") ?? "" }
            #expect(scopes[0].hasPrefix("AWS4-HMAC-SHA256 Credential=ENV/"))
            #expect(scopes[0].contains("/ap-northeast-1/sts/aws4_request"))
            #expect(scopes[1].contains("Credential=A/") && scopes[1].contains("/eu-west-1/sts/aws4_request"))
            #expect(requests[1].headers.first(name: "x-amz-security-token") == "T")
        }
    }
}
