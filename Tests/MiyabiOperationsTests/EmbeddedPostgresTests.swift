import Foundation
import MiyabiHome
import MiyabiSystem
import MiyabiTestSupport
import Postgres
import Testing

@testable import MiyabiOperations

@Suite("Embedded PostgreSQL", .serialized)
struct EmbeddedPostgresTests {
    @Test func keepsItsDataFromStartToStart() async throws {
        let test = TestHome()
        try await test.withServer { server in
            #expect(server.isNew)
            _ = try await server.ask("CREATE TABLE kept AS SELECT 'x'::text AS v")
        }
        #expect(PostmasterFile(dataDirectory: test.home.postgresDirectory + "/data") == nil)
        try await test.withServer { server in
            #expect(!server.isNew)
            try await server.expect("SELECT v FROM kept", ["x"])
        }
    }

    @Test func isSetUpAsDocumented() async throws {
        let test = TestHome()
        try await test.withServer { server in
            let settings = try await server.ask(
                """
                SELECT name || '=' || setting FROM pg_settings WHERE name IN ('data_checksums', 'password_encryption',
                'wal_level', 'archive_mode', 'listen_addresses', 'server_encoding', 'shared_preload_libraries', 'log_statement',
                'max_connections', 'TimeZone') ORDER BY name COLLATE "C"
                """)
            #expect(
                settings == [
                    "TimeZone=UTC", "archive_mode=on", "data_checksums=on", "listen_addresses=127.0.0.1",
                    "log_statement=none", "max_connections=\(TestHome.tuning.maxConnections)",
                    "password_encryption=scram-sha-256", "server_encoding=UTF8",
                    "shared_preload_libraries=pg_stat_statements", "wal_level=replica",
                ])
            try await server.expect(
                "SELECT datcollate FROM pg_database WHERE datname = current_database()", ["C.UTF-8"])
            try await server.expect(
                "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = 'miyabi_production'", ["miyabi"])
            #expect(
                try await server.ask(
                    """
                    SELECT concat_ws(' ', rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolbypassrls)
                    FROM pg_roles WHERE rolname IN ('miyabi', 'miyabi_app', 'miyabi_monitor', 'service_role') ORDER BY 1
                    """) == [
                        "miyabi f f t t f", "miyabi_app f f f t f", "miyabi_monitor f f f t f",
                        "service_role f f f f t",
                    ])
            // Monitoring works without the superuser.
            let monitor = try server.configuration(of: .monitor)
            #expect(try await !server.ask("SELECT query FROM pg_stat_statements LIMIT 1", as: monitor).isEmpty)
            try await server.expect("SELECT pg_has_role('miyabi', 'service_role', 'MEMBER')::text", ["true"])
        }
    }

    @Test func nobodyGetsInWithoutThePasswordAndTheSuperuserNotOverTCP() async throws {
        let test = TestHome()
        try await test.withServer { server in
            let plain = "host=127.0.0.1 port=\(server.port) dbname=miyabi_production connect_timeout=5"
            let superuserFile = test.home.superuserPasswordFile
            let superuser = try #require(try PasswordFile(path: superuserFile, user: "postgres").password())
            for (conninfo, reason) in [
                ("\(plain) user=miyabi passfile=/dev/null", "no password"),
                ("\(plain) user=miyabi password=wrong", "password authentication failed"),
                ("\(plain) user=postgres password=\(superuser)", "pg_hba.conf rejects connection"),
            ] {
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await server.ask("SELECT 'in'", as: PostgresConfiguration(conninfo))
                }
                #expect("\(try #require(error))".contains(reason))
            }
            try await server.expect("SELECT 'in'", ["in"], as: server.superuserConfiguration(database: "postgres"))
        }
    }

    private static func passfiles(_ home: MiyabiHome) -> [String] {
        DatabaseLogin.allCases.map { home.passwordFile(of: $0) } + [home.superuserPasswordFile]
    }

    @Test func secretsStaySecret() async throws {
        let test = TestHome()
        try await test.withServer { server in
            let passwords = try Self.passfiles(test.home).map { path in
                #expect(Files.status(path)?.mode == 0o600)
                return try #require(try PasswordFile(path: path, user: "").password())
            }
            #expect(Set(passwords).count == 4)
            let verifiers = try await server.ask(
                "SELECT rolpassword FROM pg_authid WHERE rolpassword IS NOT NULL",
                as: server.superuserConfiguration(database: "postgres"))
            #expect(verifiers.count == 4 && verifiers.allSatisfy { $0.hasPrefix("SCRAM-SHA-256$4096:") })
            let secrets = passwords + verifiers

            #expect(secrets.allSatisfy { !server.url.contains($0) && !"\(server)".contains($0) })
            for entry in Files.entries("/proc") where Int(entry) != nil {
                let shown = (Files.read("/proc/\(entry)/cmdline") ?? "") + (Files.read("/proc/\(entry)/environ") ?? "")
                #expect(secrets.allSatisfy { !shown.contains($0) }, "process \(entry)")
            }
            let statements = try await server.ask(
                "SELECT coalesce(string_agg(query, ' '), '') FROM pg_stat_statements",
                as: server.superuserConfiguration(database: MiyabiHome.database))
            #expect(secrets.allSatisfy { !statements[0].contains($0) })
        }
        // Nor in any file of the home, down to the cluster's data and WAL.
        let passwords = try Self.passfiles(test.home).compactMap { try PasswordFile(path: $0, user: "").password() }
        let enumerator = try #require(FileManager.default.enumerator(atPath: test.home.path))
        for case let path as String in enumerator where !path.hasPrefix("secrets/") {
            guard let data = FileManager.default.contents(atPath: "\(test.home.path)/\(path)") else { continue }
            #expect(passwords.allSatisfy { data.range(of: Data($0.utf8)) == nil }, "\(path)")
        }
    }

    @Test func theLogHoldsNoStatementsAndNoValues() async throws {
        let test = TestHome()
        try await test.withServer { server in
            for sql in ["ALTER ROLE nobody PASSWORD 'hunter2'", "SELECT 1/0 AS hunter2"] {
                _ = await #expect(throws: PostgresError.self) { _ = try await server.ask(sql) }
            }
        }
        let log = Files.entries(test.home.postgresDirectory + "/log")
            .compactMap { Files.read("\(test.home.postgresDirectory)/log/\($0)") }.joined()
        #expect(log.contains("division by zero"))
        #expect(!log.contains("ALTER ROLE nobody"))
        #expect(!log.contains("AS hunter2"))
    }

    @Test func aLostPassfileIsMadeAnew() async throws {
        let test = TestHome()
        try await test.withServer { _ in }
        let old = try test.home.password(of: .owner).password()
        try Files.remove(test.home.passwordFile(of: .owner))
        try await test.withServer { server in
            try await server.expect("SELECT 'in'", ["in"])
        }
        #expect(try test.home.password(of: .owner).password() != old)
    }

    @Test func aPortInUseIsNamed() async throws {
        let test = TestHome()
        try await test.withServer { server in
            let other = TestHome()
            let error = await #expect(throws: OperationsError.self) {
                _ = try await EmbeddedPostgres.start(other.options(port: server.port), logger: TestHome.logger)
            }
            #expect(error?.code == .portInUse)
            #expect(
                error?.message == "port \(server.port) on 127.0.0.1 is in use by postgres (process \(await server.pid))"
            )
        }
    }
}
