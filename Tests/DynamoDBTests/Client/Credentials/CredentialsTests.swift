import Foundation
import Logging
import Testing

@testable import AWSCore
@testable import DynamoDB

@Suite struct CredentialsTests {
    @Test func theEnvironmentIsRead() throws {
        let provider = EnvironmentCredentialsProvider(environment: [
            "AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "B", "AWS_SESSION_TOKEN": "",
        ])
        #expect(try provider.credentials() == Credentials(accessKeyID: "A", secretAccessKey: "B"))
        let error = try #require(throws: AWSError.self) {
            try EnvironmentCredentialsProvider(environment: ["AWS_ACCESS_KEY_ID": "A"]).credentials()
        }
        #expect(error.code == .credentialsUnavailable)
        #expect(error.message.contains("AWS_SECRET_ACCESS_KEY"))
    }

    @Test func theSharedFilesAreRead() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "dynamodb-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appending(path: "credentials")
        let text = """
            # a comment
            [default]
            aws_access_key_id = A1
            aws_secret_access_key=S/1=+

            [ other ]
            AWS_ACCESS_KEY_ID = A2
              aws_secret_access_key =  S2\t
            aws_session_token = T2==
            [broken]
            aws_access_key_id = A3
            """
        try Data(text.utf8).write(to: file)
        let config = directory.appending(path: "config")
        let settings = """
            [profile "in config"]
            aws_access_key_id = A4
            aws_secret_access_key = S4
            s3 =
              aws_access_key_id = not this one
            [profile circle]
            role_arn = arn
            source_profile = other way
            [profile other way]
            role_arn = arn
            source_profile = circle
            [profile single]
            sso_session = s
            [profile program]
            credential_process = /bin/false
            [profile person]
            role_arn = arn
            mfa_serial = m
            [profile lone]
            role_arn = arn
            """
        try Data(settings.utf8).write(to: config)

        var environment = ["AWS_SHARED_CREDENTIALS_FILE": file.path, "AWS_CONFIG_FILE": config.path]
        func load(_ profile: String?) async throws -> Credentials {
            try await ProfileCredentialsProvider(profile: profile, environment: environment).credentials()
        }
        #expect(try await load(nil) == Credentials(accessKeyID: "A1", secretAccessKey: "S/1=+"))
        #expect(
            try await load("other") == Credentials(accessKeyID: "A2", secretAccessKey: "S2", sessionToken: "T2=="))
        #expect(try await load("in config").accessKeyID == "A4")
        for (profile, words) in [
            ("broken", "lacks"), ("none", "no profile 'none'"), ("circle", "circle, other way, circle"),
            ("single", "sso_session"), ("program", "credential_process"), ("person", "mfa_serial"),
            ("lone", "neither source_profile"),
        ] {
            let error = try await #require(throws: AWSError.self) { try await load(profile) }
            #expect(error.code == .credentialsRefused)
            #expect(error.message.contains(words))
        }
        environment["AWS_PROFILE"] = "other"
        #expect(try await load(nil).accessKeyID == "A2")

        let missing = ProfileCredentialsProvider(environment: ["HOME": directory.path])
        let chain = CredentialsChain([EnvironmentCredentialsProvider(environment: [:]), missing])
        let error = try await #require(throws: AWSError.self) { try await chain.credentials() }
        #expect(error.code == .credentialsUnavailable)
        #expect(error.message.contains("AWS_ACCESS_KEY_ID") && error.message.contains("no profile 'default'"))
        let found = CredentialsChain([missing, ProfileCredentialsProvider(environment: environment)])
        #expect(try await found.credentials().accessKeyID == "A2")
    }

    @Test(arguments: [
        (AWSError.Code.credentialsUnavailable, DynamoDBError.Code.credentialsUnavailable),
        (.credentialsRefused, .credentialsRefused),
    ])
    func aClientTellsWhatIsWrongInItsOwnError(code: AWSError.Code, told: DynamoDBError.Code) async throws {
        struct None: CredentialsProvider {
            let code: AWSError.Code

            func credentials() async throws -> Credentials { throw AWSError(code: code, message: "none") }
        }
        let transport = FakeTransport(.cancelled)
        let client = try DynamoDBClient(
            DynamoDBClientConfiguration(credentials: None(code: code)), transport: transport,
            observer: ClientObserver(logger: Logger(label: "test")))
        let error = try await #require(throws: DynamoDBError.self) { try await client.listTables(ListTablesInput()) }
        #expect(error.code == told && error.message == "none" && error.operation == "ListTables")
        #expect(transport.requests.isEmpty)
    }

    @Test func secretsNeverShow() async throws {
        let keys = Credentials(accessKeyID: "A", secretAccessKey: "SECRETEXAMPLE", sessionToken: "TOKENEXAMPLE")
        let provider = StaticCredentialsProvider(keys)
        let configuration = DynamoDBClientConfiguration(credentials: provider)
        var dumped = ""
        dump(configuration, to: &dumped)
        dump(keys, to: &dumped)
        for text in ["\(keys)", String(reflecting: keys), "\(provider)", "\(configuration)", dumped, "\([keys])"] {
            #expect(!text.contains("SECRETEXAMPLE") && !text.contains("TOKENEXAMPLE"))
        }
        #expect("\(keys)" == "<redacted>")

        // Nor does the secret key travel; the token does, in its header.
        let transport = FakeTransport(.fault(DynamoDBError(code: .connectionFailed, message: "m")))
        let client = try DynamoDBClient.fake(transport, maximumAttempts: 1)
        let error = try await #require(throws: DynamoDBError.self) { try await client.listTables(ListTablesInput()) }
        #expect(!"\(error)".contains("EXAMPLE"))
        let sent = transport.requests[0].headers
        #expect(!sent.contains { $0.value.contains("SECRETEXAMPLE") })
        #expect(sent.filter { $0.value.contains("TOKENEXAMPLE") }.map(\.name) == ["x-amz-security-token"])
    }
}
