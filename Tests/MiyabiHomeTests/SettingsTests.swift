import DynamoDB
import FoundationEssentials
import Glibc
import MiyabiSystem
import MiyabiTestSupport
import Postgres
import Testing

@testable import MiyabiHome

@Suite("Settings")
struct SettingsTests {
    private func settings(
        _ environment: [String: String] = [:], file: [String: String] = [:]
    ) throws -> Settings {
        try Settings(
            VariableReader(environment: environment, file: file, filePath: "/w/.env"), homeOption: nil, directory: "/w")
    }

    @Test func defaultsAreTheSpecifications() throws {
        let settings = try settings()
        #expect(settings.postgres.url == nil)
        #expect(settings.postgres.maxConnections == 20)
        #expect(settings.postgres.minConnections == 5)
        #expect(settings.postgres.connectTimeout == .seconds(10))
        #expect(settings.postgres.acquireTimeout == .seconds(5))
        #expect(settings.postgres.idleTimeout == .seconds(600))
        #expect(settings.postgres.maxLifetime == .seconds(1800))
        #expect(settings.postgres.testBeforeAcquire)
        #expect(settings.postgres.statementCache == 256)
        #expect(settings.dynamoDB.region == "ap-northeast-1")
        #expect(settings.dynamoDB.timeout == .seconds(5))
        #expect(settings.dynamoDB.maxAttempts == 3)
        #expect(settings.dynamoDB.location == .embedded)
        #expect(settings.home.path == "/w/.miyabi")
        #expect(settings.postgresPort == 54_329)
        #expect(settings.dynamoDBPort == 8000)
    }

    @Test func theUsersOwnMigrationsAreFoundFromTheCurrentDirectory() throws {
        let unset = try settings()
        #expect(unset.migrations == nil)
        #expect(unset.lockTimeout == .seconds(10))
        let set = try settings(["MIYABI_MIGRATIONS": "db/mine", "MIYABI_LOCK_TIMEOUT": "0"])
        #expect(set.migrations?.path == "/w/db/mine")
        #expect(set.lockTimeout == .zero)
        let absolute = try settings(["MIYABI_MIGRATIONS": "/srv/mine"])
        #expect(absolute.migrations?.path == "/srv/mine")
    }

    @Test func everyVariableIsRead() throws {
        let settings = try settings([
            "DATABASE_URL": "postgresql://user:pw@db.example:5432/x",
            "DATABASE_REPLICA_URL": "postgresql://replica.example/x", "DB_MAX_CONNECTIONS": "31",
            "DB_MIN_CONNECTIONS": "2",
            "DB_CONNECT_TIMEOUT": "11", "DB_ACQUIRE_TIMEOUT": "6", "DB_IDLE_TIMEOUT": "601", "DB_MAX_LIFETIME": "0",
            "DB_TEST_BEFORE_ACQUIRE": "no", "DB_STATEMENT_CACHE": "0", "AWS_REGION": "eu-west-1",
            "DYNAMODB_ENDPOINT": "http://db:8000",
            "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "key", "AWS_SESSION_TOKEN": "token", "AWS_PROFILE": "p",
            "DYNAMODB_TIMEOUT": "7", "DYNAMODB_MAX_ATTEMPTS": "4", "MIYABI_HOME": "elsewhere",
            "MIYABI_POSTGRES_PORT": "5555", "MIYABI_DYNAMODB_PORT": "0", "MIYABI_POSTGRES_BIN": "/pg/bin",
            "MIYABI_INSTANCES": "3", "MIYABI_MEMORY_MB": "4096", "MIYABI_LOG_LEVEL": "debug",
        ])
        #expect(settings.postgres.url?.exposed == "postgresql://user:pw@db.example:5432/x")
        #expect(settings.postgres.replicaURL?.exposed == "postgresql://replica.example/x")
        #expect(settings.postgres.maxConnections == 31)
        #expect(settings.postgres.minConnections == 2)
        #expect(settings.postgres.connectTimeout == .seconds(11))
        #expect(settings.postgres.acquireTimeout == .seconds(6))
        #expect(settings.postgres.idleTimeout == .seconds(601))
        #expect(settings.postgres.maxLifetime == .zero)
        #expect(!settings.postgres.testBeforeAcquire)
        #expect(settings.postgres.statementCache == 0)
        #expect(try settings.postgres.configuration("host=h").statementCacheCapacity == 0)
        #expect(settings.dynamoDB.region == "eu-west-1")
        #expect(settings.dynamoDB.location == .endpoint("http://db:8000"))
        #expect(settings.dynamoDB.credentials?.accessKeyID == "id")
        #expect(settings.dynamoDB.profile == "p")
        #expect(settings.dynamoDB.timeout == .seconds(7))
        #expect(settings.dynamoDB.maxAttempts == 4)
        #expect(settings.home.path == "/w/elsewhere")
        #expect(settings.postgresPort == 5555)
        #expect(settings.dynamoDBPort == 0)
        #expect(settings.postgresBinaries == "/pg/bin")
        #expect(settings.instances == 3)
        #expect(settings.machine.memoryMiB == 4096)
        #expect(settings.logLevel == .debug)
        #expect(settings.warnings.isEmpty)
    }

    @Test(arguments: [
        ("DB_MAX_CONNECTIONS", "many", "a whole number from 1 to 10000"), ("DB_MAX_CONNECTIONS", "0", "from 1"),
        ("DB_MIN_CONNECTIONS", "21", "at most DB_MAX_CONNECTIONS, which is 20"), ("DB_CONNECT_TIMEOUT", "1.5", "whole"),
        ("DB_ACQUIRE_TIMEOUT", "-1", "from 1"), ("DB_IDLE_TIMEOUT", "x", "from 0"),
        ("DB_MAX_LIFETIME", "9999999", "604800"), ("DB_STATEMENT_CACHE", "-1", "10000"),
        ("DB_TEST_BEFORE_ACQUIRE", "perhaps", "true or false"), ("AWS_REGION", "Tokyo!", "region"),
        ("DYNAMODB_ENDPOINT", "localhost:8000", "http://localhost:8000"), ("DYNAMODB_TIMEOUT", "0", "from 1 to 300"),
        ("DYNAMODB_BACKOFF_BASE_MS", "0", "from 1 to 60000"), ("DYNAMODB_BACKOFF_MAX_MS", "x", "from 1 to 300000"),
        ("DYNAMODB_MAX_ATTEMPTS", "0", "from 1 to 20"), ("MIYABI_DYNAMODB", "azure", "embedded, aws"),
        ("MIYABI_POSTGRES_PORT", "65536", "65535"), ("MIYABI_LOG_LEVEL", "loud", "trace, debug"),
    ])
    func aBadValueNamesVariableValueAndWhatIsAllowed(name: String, value: String, allowed: String) throws {
        let error = try #require(throws: OperationsError.self) { try settings(file: [name: value]) }
        #expect(error.code == .invalidSetting)
        #expect(error.message.contains("\(name) is '\(value)' in /w/.env"))
        #expect(error.message.contains(allowed))
    }

    @Test func aNamedHomeLeavesTheAddressesOfAnotherAside() throws {
        let original = TestHome(function: "original")
        let copy = TestHome(function: "copy")
        for home in [original.home, copy.home] { try home.create(account: nil) }
        try original.home.password(of: .application).write(password: "abc", port: 5001, socketDirectory: "/run")
        try Files.write("DYNAMODB_ENDPOINT=http://127.0.0.1:8001\n", to: original.home.environmentFile)
        let printed = [
            "DATABASE_URL": original.home.databaseURL(port: 5001),
            "DYNAMODB_ENDPOINT": "http://127.0.0.1:8001",
        ]
        func load(_ variables: [String: String], home: String?) throws -> Settings {
            try Settings(
                VariableReader(environment: variables, file: [:], filePath: ".env"), homeOption: home, directory: "/w")
        }
        let named = try load(printed, home: copy.home.path)
        #expect(named.home == copy.home && named.postgres.url == nil && named.dynamoDB.location == .embedded)
        #expect(named.warnings.contains { $0.hasPrefix("DATABASE_URL is left aside: it is that of \(original.home)") })
        #expect(named.warnings.contains { $0.hasPrefix("DYNAMODB_ENDPOINT is left aside") })
        #expect(
            named.postgresPort == Settings.defaultPostgresPort && named.postgresName == "PostgreSQL of \(copy.home)")
        // Its own are its own, by whatever name it goes.
        let link = original.parent + "/link"
        #expect(symlink(original.home.path, link) == 0)
        for home in [original.home.path, link] {
            let own = try load(printed, home: home)
            #expect(own.postgres.url == nil && own.postgresPort == 5001 && own.dynamoDBPort == 8001)
            #expect(own.warnings.isEmpty)
        }
        // Without --home the addresses win, and the person is told where MIYABI_HOME names another home.
        let both = try load(printed.merging(["MIYABI_HOME": copy.home.path]) { $1 }, home: nil)
        #expect(both.postgres.url != nil)
        #expect(both.postgresName == "PostgreSQL of \(original.home) (named by DATABASE_URL)")
        #expect(
            both.disagreement?.hasPrefix(
                "DATABASE_URL and DYNAMODB_ENDPOINT lead to \(original.home), but MIYABI_HOME names \(copy.home)")
                == true)
        let halves = try load(["DATABASE_URL": original.home.databaseURL(port: 5001)], home: nil)
        #expect(halves.disagreement?.contains("DynamoDB that of \(halves.home)") == true)
        #expect(try load(printed, home: nil).disagreement == nil)
        #expect(try load(printed.merging(["MIYABI_HOME": original.home.path]) { $1 }, home: nil).disagreement == nil)
        // What is external stays so.
        let external = try load(["DATABASE_URL": "postgresql://u:hunter2@db.example/x"], home: copy.home.path)
        #expect(external.postgres.url != nil && external.postgresName.contains("db.example"))
        #expect(!external.postgresName.contains("hunter2"))
    }

    @Test func aBadSecretIsNotShown() throws {
        let error = try #require(throws: OperationsError.self) {
            try settings(["DATABASE_URL": "postgresql://u:hunter2@h/x?sslmod=require"])
        }
        #expect(error.message.contains("DATABASE_URL is (not shown) in the environment"))
        #expect(!error.description.contains("hunter2"))
    }

    @Test func aReplicaNeedsAPrimary() throws {
        let error = try #require(throws: OperationsError.self) {
            try settings(["DATABASE_REPLICA_URL": "postgresql://u:hunter2@h/x"])
        }
        #expect(error.message.contains("DATABASE_REPLICA_URL is (not shown) in the environment"))
        #expect(error.message.contains("set together with DATABASE_URL"))
        #expect(!error.description.contains("hunter2"))
    }

    @Test func thePoolGetsWhatTheVariablesSay() throws {
        let settings = try settings([
            "DATABASE_URL": "host=h", "DATABASE_REPLICA_URL": "host=r", "DB_MAX_CONNECTIONS": "31",
            "DB_MIN_CONNECTIONS": "2", "DB_CONNECT_TIMEOUT": "11", "DB_ACQUIRE_TIMEOUT": "6", "DB_IDLE_TIMEOUT": "601",
            "DB_MAX_LIFETIME": "0", "DB_TEST_BEFORE_ACQUIRE": "no",
        ]).postgres
        let pool = settings.pool(try settings.configuration("host=h"))
        #expect(pool.server["host"] == "h")
        #expect(pool.server.connectTimeout == .seconds(11))
        #expect(pool.maximumConnections == 31)
        #expect(pool.minimumConnections == 2)
        #expect(pool.acquireTimeout == .seconds(6))
        #expect(pool.idleTimeout == .seconds(601))
        #expect(pool.maximumLifetime == nil)
        #expect(!pool.testsBeforeAcquire)
        let replica = try #require(try settings.replicaPool())
        #expect(replica.server["host"] == "r")
        #expect(replica.acquireTimeout == .seconds(1))
    }

    @Test func secretsAreNotInDescriptionsOrDumps() throws {
        let settings = try settings([
            "DATABASE_URL": "postgresql://u:hunter2@h/x", "AWS_ACCESS_KEY_ID": "AKIA",
            "AWS_SECRET_ACCESS_KEY": "hunter3",
            "AWS_SESSION_TOKEN": "hunter4",
        ])
        var text = "\(settings) \(String(reflecting: settings))"
        dump(settings, to: &text)
        #expect(!text.contains("hunter"))
        #expect(text.contains("***"))
    }

    @Test func theEnvironmentWinsOverTheFile() throws {
        let both = try settings(
            ["DB_MAX_CONNECTIONS": "7"], file: ["DB_MAX_CONNECTIONS": "8", "AWS_REGION": "us-east-1"])
        #expect(both.postgres.maxConnections == 7)
        #expect(both.dynamoDB.region == "us-east-1")
        // An empty variable, as docker-compose and CI systems pass it on, is no value.
        #expect(
            try settings(["DB_MAX_CONNECTIONS": ""], file: ["DB_MAX_CONNECTIONS": "8"]).postgres.maxConnections == 8)
    }

    @Test func aSmallPoolLowersTheMinimumThatNobodySet() throws {
        #expect(try settings(["DB_MAX_CONNECTIONS": "3"]).postgres.minConnections == 3)
    }

    @Test func keysAloneSendNothingToAWS() throws {
        let keys = ["AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "key", "AWS_PROFILE": "work"]
        #expect(try settings(keys).dynamoDB.location == .embedded)
        #expect(try settings(keys.merging(["MIYABI_DYNAMODB": "aws"]) { $1 }).dynamoDB.location == .aws)
        #expect(
            try settings(["MIYABI_DYNAMODB": "embedded", "DYNAMODB_ENDPOINT": "http://h:1"]).dynamoDB.location
                == .embedded)
        #expect(throws: OperationsError.self) {
            try settings(["MIYABI_DYNAMODB": "aws", "DYNAMODB_ENDPOINT": "http://h:1"])
        }
    }

    @Test func halfAKeyPairIsAnErrorOnlyWhereKeysAreUsed() throws {
        #expect(try settings(["AWS_ACCESS_KEY_ID": "id"]).dynamoDB.credentials == nil)
        #expect(throws: OperationsError.self) {
            try settings(["AWS_ACCESS_KEY_ID": "id", "DYNAMODB_ENDPOINT": "http://h:1"])
        }
    }

    @Test func misspeltNamesAreSuggested() throws {
        let warnings = try settings(["DB_MAX_CONECTIONS": "3", "PATH": "/bin", "MIYABI_PORT_OF_CALL": "1"]).warnings
        #expect(
            warnings == [
                "DB_MAX_CONECTIONS is not a variable of Miyabi's; did you mean DB_MAX_CONNECTIONS?",
                "MIYABI_PORT_OF_CALL is not a variable of Miyabi's",
            ])
    }

    @Test func whatUpPrintedMeansTheEmbeddedHalves() throws {
        let test = TestHome()
        try test.home.create(account: nil)
        var state = EnvironmentState(pid: 1, startedAt: .now)
        state.postgres = .init(pid: 2, port: 5001, version: "15")
        state.dynamoDB = .init(pid: 1, port: 5002, version: "0")
        try test.home.password(of: .application)
            .write(password: "secret", port: 5001, socketDirectory: "/s")
        var plain = try settings(["MIYABI_HOME": test.home.path])
        let details = ConnectionDetails(settings: plain, state: state)
        try details.write(to: test.home)

        let printed = try EnvironmentFileText(details.lines.joined(separator: "\n")).variables
        #expect(printed.count == 6)
        let again = try settings(["MIYABI_HOME": test.home.path], file: printed)
        #expect(again.postgres.url == nil)
        #expect(again.postgresPort == 5001)
        #expect(again.dynamoDB.location == .embedded)
        #expect(again.dynamoDBPort == 5002)
        #expect(ConnectionDetails(settings: again, state: state) == details)

        // The URL with the password, which the env file has in a comment, is ours as well; a stranger's is not.
        let url = try #require(test.home.databaseURLWithPassword(port: 5001))
        plain = try settings(["MIYABI_HOME": test.home.path, "DATABASE_URL": url])
        #expect(plain.postgres.url == nil)
        let foreign = url.replacing("secret", with: "other")
        #expect(try settings(["MIYABI_HOME": test.home.path, "DATABASE_URL": foreign]).postgres.url != nil)
        // What earlier versions printed, the owner's address, still means this home; and so does it as the owner's.
        let owner = test.home.databaseURL(of: .owner, port: 5001)
        for variables in [["DATABASE_URL": owner], ["MIGRATION_DATABASE_URL": owner]] {
            let own = try settings(variables.merging(["MIYABI_HOME": test.home.path]) { $1 })
            #expect(own.postgres.url == nil && own.postgres.migrationURL == nil)
            #expect(own.address(of: .owner, embeddedPort: 5001) == owner)
            #expect(own.address(of: .application, embeddedPort: 5001) == test.home.databaseURL(port: 5001))
        }
    }

    @Test func theFileOfAWorkingDirectoryNamesNoPrograms() throws {
        for variable in Variable.allCases where variable.isEnvironmentOnly {
            let error = try #require(throws: OperationsError.self) { try settings(file: [variable.name: "/w/evil"]) }
            #expect(error.message == "\(variable.name) is in /w/.env, and counts in the environment only")
        }
        // The environment may.
        #expect(try settings(["MIYABI_POSTGRES_BIN": "/usr/bin"]).postgresBinaries == "/usr/bin")
        #expect(Variable.masterKeyCommand.isEnvironmentOnly && !Variable.home.isEnvironmentOnly)
        let engine = "postgresql://u@db.example/x?sslcert=c&sslkey=/w/evil.so:k"
        for name in ["DATABASE_URL", "DATABASE_REPLICA_URL", "MIGRATION_DATABASE_URL"] {
            let others = ["DATABASE_URL": "postgresql://u@db.example/x"].filter { $0.key != name }
            let error = try #require(throws: OperationsError.self) {
                try settings(others, file: [name: engine])
            }
            #expect(error.message.contains("sslkey"))
            _ = try settings(others.merging([name: engine]) { $1 })
        }
        _ = try settings(file: ["DATABASE_URL": "postgresql://u@db.example/x?sslkey=/w/key.pem"])
    }

    @Test func theOwnerOfAnExternalDatabaseHasAnAddressOfItsOwn() throws {
        let application = "postgresql://app@db.example/x"
        let one = try settings(["DATABASE_URL": application])
        #expect(one.address(of: .owner) == application)
        let owner = "postgresql://owner:hunter2@db.example/x"
        let both = try settings(["DATABASE_URL": application, "MIGRATION_DATABASE_URL": owner])
        #expect(both.address(of: .owner) == owner && both.address(of: .application) == application)
        let error = try #require(throws: OperationsError.self) { try settings(["MIGRATION_DATABASE_URL": owner]) }
        #expect(error.message.contains("MIGRATION_DATABASE_URL is (not shown)"))
    }
}
