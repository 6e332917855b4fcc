import Foundation
import Testing

@testable import Postgres

@Suite struct ConfigurationTests {
    @Test(arguments: [
        "postgresql://miyabi:hidden@db.example:5433/app?sslmode=require",
        "postgres://miyabi:hidden@db.example:5433/app?sslmode=require",
        "host=db.example port=5433 user=miyabi password=hidden dbname=app sslmode=require",
        "postgresql:///app?host=db.example&port=5433&user=miyabi&password=hidden&sslmode=require",
    ])
    func everyFormGivesTheSameOptions(_ conninfo: String) throws {
        let configuration = try PostgresConfiguration(conninfo)
        #expect(configuration["host"] == "db.example")
        #expect(configuration["port"] == "5433")
        #expect(configuration["user"] == "miyabi")
        #expect(configuration["dbname"] == "app")
        #expect(configuration["sslmode"] == "require")
        #expect(configuration.options.contains { $0.keyword == "password" && $0.value == "hidden" })
    }

    @Test func severalHostsSocketsAndEncodedCharacters() throws {
        let several = try PostgresConfiguration("postgresql://a:1,[::1]:2/db?target_session_attrs=read-write")
        #expect(several["host"] == "a,::1")
        #expect(several["port"] == "1,2")
        let socket = try PostgresConfiguration("postgresql://%2Frun%2Fpg/db?user=a%40b")
        #expect(socket["host"] == "/run/pg")
        #expect(socket["user"] == "a@b")
    }

    @Test func secretsAreNowhereToBeSeen() throws {
        let configuration = try PostgresConfiguration("postgresql://u:hidden@h/db?sslpassword=hidden")
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hidden"))
            #expect(text.contains("password=***"))
        }
        #expect(configuration["password"] == nil)
    }

    @Test(arguments: [
        "postgres:/u:hidden@h/db", "host=h password=my hidden", "postgresql://u:hidden@h/db?hidden=1",
        "postgresql://u:p@hidden@h/db", "postgresql://u:p@h/db\0hidden", "postgresql://u:%zzhidden@h/db",
    ])
    func badStringsAreRefusedWithoutBeingQuoted(_ conninfo: String) throws {
        let error = try #require(throws: PostgresError.self) { try PostgresConfiguration(conninfo) }
        #expect(error.code == .invalidConfiguration)
        #expect(!error.description.contains("hidden"))
        #expect(!error.detailedDescription.contains("hidden"))
    }

    @Test func timeLimits() throws {
        #expect(try PostgresConfiguration("host=h").connectTimeout == .seconds(10))
        #expect(try PostgresConfiguration("host=a,b connect_timeout=3").connectTimeout == .seconds(6))
        #expect(try PostgresConfiguration("host=h connect_timeout=0").connectTimeout == .zero)
    }

    @Test(arguments: ["9223372036854775807", "2147483648", "x", "1.5", "99999999999999999999"])
    func aTimeLimitThatIsNoneIsRefused(_ seconds: String) throws {
        let error = #expect(throws: PostgresError.self) {
            try PostgresConfiguration("host=a,b connect_timeout=\(seconds)")
        }
        #expect(error?.code == .invalidConfiguration)
        // The greatest that there is can be reckoned with.
        let limit = try PostgresConfiguration("host=a,b connect_timeout=2147483647").connectTimeout
        #expect(limit == .seconds(4_294_967_294) && limit.bounded < limit)
    }

    @Test func aPeerThatIsGoneIsNoticed() throws {
        let environment = [(keyword: "host", value: "env"), ("port", "5"), ("password", "x")]
        func value(_ keyword: String, _ conninfo: String) throws -> [String] {
            try PostgresConfiguration(conninfo).connectOptions(environment).filter { $0.keyword == keyword }
                .map { $0.value }
        }
        #expect(try value("tcp_user_timeout", "host=h") == ["30000"])
        #expect(try value("keepalives_idle", "host=h") == ["30"])
        #expect(try value("tcp_user_timeout", "host=h tcp_user_timeout=5") == ["5"])
        // Where the server is is known, so that its name is resolved within the time limit.
        #expect(try value("host", "dbname=d") == ["env"])
        #expect(try value("host", "host=h") == ["h"])
        #expect(try value("port", "host=h") == ["5"])
        // A service that does not exist is libpq's to tell of; nothing of the environment goes into it.
        #expect(try value("host", "service=no_such_service") == [])
        #expect(try value("password", "host=h") == [])
    }

    @Test func withChangesOneOption() throws {
        let original = try PostgresConfiguration("host=h dbname=a")
        let changed = try original.with("dbname", "b")
        #expect(changed["dbname"] == "b")
        #expect(changed["host"] == "h")
        #expect(original["dbname"] == "a")
        #expect(throws: PostgresError.self) { try original.with("dbnam", "b") }
        #expect(throws: PostgresError.self) { try original.with("dbname='x' host", "b") }
    }

    /// The hosts of a service are known, so that libpq has no name to resolve: it would block without a limit.
    @Test func aServiceSaysWhereTheServerIs() throws {
        let file = "/tmp/miyabi-services-\(getpid())"
        try Data(
            """
            [far]
            host=db.example,other.example
            port=7
            keepalives_idle=5
            target_session_attrs=prefer-standby
            sslmode=require
            """.utf8
        ).write(to: URL(filePath: file))
        defer { unlink(file) }
        // Only what names a service looks at it.
        setenv("PGSERVICEFILE", file, 1)
        defer { unsetenv("PGSERVICEFILE") }

        let options = try PostgresConfiguration("service=far user=u").connectOptions()
        func value(_ keyword: String) -> [String] { options.filter { $0.keyword == keyword }.map(\.value) }
        #expect(value("host") == ["db.example,other.example"] && value("port") == ["7"])
        #expect(value("keepalives_idle") == [] && value("tcp_user_timeout") == ["30000"])
        #expect(value("service") == ["far"] && value("sslmode") == ["require"])
        var asked: [String] = []
        let plan = try ConnectPlan(options) { host in
            asked.append(host)
            return ["10.0.0.\(asked.count)"]
        }
        #expect(asked == ["db.example", "other.example"])
        let addresses = plan.attempts.map { attempt in attempt.last { $0.keyword == "hostaddr" }?.value }
        #expect(addresses == ["10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.2"])

        // What the string says goes before the service.
        let nearer = try PostgresConfiguration("service=far host=h").connectOptions()
        #expect(nearer.filter { $0.keyword == "host" }.map(\.value) == ["h"])
    }
}
