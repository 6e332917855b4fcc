import Testing

@testable import Postgres

@Suite struct ConnectPlanTests {
    private func attempts(_ conninfo: String, _ names: [String: [String]] = [:]) throws -> [String] {
        let options = try PostgresConfiguration(conninfo).options.filter {
            ["host", "hostaddr", "port", "target_session_attrs"].contains($0.keyword)
        }
        return try ConnectPlan(options) { name in
            guard let addresses = names[name] else { throw PostgresError(.connectFailed, "no \(name)") }
            return addresses
        }.attempts
            .map { $0.map { "\($0.keyword)=\($0.value)" }.sorted().joined(separator: " ") }
    }

    @Test func oneServerIsOneAttempt() throws {
        #expect(try attempts("dbname=x") == [""])
        #expect(try attempts("host=a port=1", ["a": ["10.0.0.1"]]) == ["host=a hostaddr=10.0.0.1 port=1"])
        #expect(try attempts("host=/run/pg") == ["host=/run/pg"])
        #expect(try attempts("hostaddr=10.0.0.1") == ["hostaddr=10.0.0.1"])
    }

    /// libpq would look a name up again, and nobody could cut that short.
    @Test func aNameThatIsUnknownIsNotLeftToLibpq() throws {
        #expect(throws: PostgresError.self) { try attempts("host=nowhere") }
        #expect(try attempts("host=nowhere,b", ["b": ["10.0.0.2"]]) == ["host=b hostaddr=10.0.0.2"])
    }

    @Test func listsAndAddressesAreTriedInOrder() throws {
        let names = ["a": ["10.0.0.1"], "b": ["10.0.0.2"]]
        #expect(
            try attempts("host=a,b port=1,2", names)
                == ["host=a hostaddr=10.0.0.1 port=1", "host=b hostaddr=10.0.0.2 port=2"])
        #expect(
            try attempts("host=a,b port=1", names)
                == ["host=a hostaddr=10.0.0.1 port=1", "host=b hostaddr=10.0.0.2 port=1"])
        #expect(
            try attempts("host=a,/run port=1", ["a": ["::1", "127.0.0.1"]])
                == ["host=a hostaddr=::1 port=1", "host=a hostaddr=127.0.0.1 port=1", "host=/run port=1"])
        #expect(try attempts("hostaddr=::1,::2") == ["hostaddr=::1", "hostaddr=::2"])
    }

    @Test func preferStandbyIsTwoRounds() throws {
        #expect(
            try attempts("host=/a,/b target_session_attrs=prefer-standby") == [
                "host=/a target_session_attrs=standby", "host=/b target_session_attrs=standby",
                "host=/a target_session_attrs=any", "host=/b target_session_attrs=any",
            ])
    }

    @Test func listsThatDoNotMatchAreLeftToLibpq() throws {
        #expect(try attempts("host=a,b,c port=1,2") == ["host=a,b,c port=1,2"])
    }

    @Test func theReportYieldsTheSQLState() {
        let report = """
            connection to server at "127.0.0.1", port 5432 failed: FATAL:  28P01: password authentication failed for user "x"
            LOCATION:  auth_failed, auth.c:335
            """
        let error = ConnectionHandle.failure(report)
        #expect(error.sqlState == "28P01")
        #expect(
            error.message
                == "connection to server at \"127.0.0.1\", port 5432 failed: FATAL: password authentication failed for user \"x\""
        )
        #expect(!ConnectPlan.continues(after: error))
        let refused = ConnectionHandle.failure("connection to server at \"h\", port 1 failed: Connection refused")
        #expect(refused.sqlState == nil)
        #expect(ConnectPlan.continues(after: refused))
    }
}
