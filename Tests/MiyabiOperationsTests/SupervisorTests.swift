import DynamoDB
import DynamoDBEngine
import Foundation
import Logging
@testable import MiyabiHome
import MiyabiMigrations
import MiyabiSystem
import MiyabiTestSupport
import Synchronization
import Testing

@testable import MiyabiOperations

@Suite("The supervisor", .serialized)
struct SupervisorTests {
    /// The embedded engine without its HTTP service, which this module knows nothing of.
    private struct EngineOnly: EmbeddedDynamoDB {
        let engine: Engine
        let port: Int
        var api: any DynamoDBAPI { engine }
        func serve() async throws { try await Task.sleep(for: .seconds(3600)) }
        func stop() async { await engine.close() }
    }

    private struct Broken: Error {}

    private static func settings(_ home: MiyabiHome, _ more: [String: String] = [:]) throws -> Settings {
        let own = [
            "MIYABI_HOME": home.path, "MIYABI_POSTGRES_PORT": "0", "MIYABI_DYNAMODB_PORT": "0",
            "MIYABI_MEMORY_MB": "512",
        ]
        return try Settings(
            VariableReader(environment: own.merging(more) { $1 }, file: [:], filePath: ".env"), homeOption: nil,
            directory: "/")
    }

    private static func supervisor(
        _ home: MiyabiHome, _ more: [String: String] = [:], startDynamoDB: EmbeddedDynamoDBStarter? = nil
    ) throws -> Supervisor {
        Supervisor(
            settings: try settings(home, more), logger: TestHome.logger,
            startDynamoDB: startDynamoDB ?? { home, port, logger in
                EngineOnly(
                    engine: try Engine.open(Engine.Options(directory: home.dynamoDBDirectory), logger: logger),
                    port: port)
            })
    }

    /// Whether any PostgreSQL process works for this home.
    private static func isRunning(_ home: MiyabiHome) -> Bool {
        OrphanedServer(dataDirectory: home.postgresDirectory + "/data", logger: TestHome.logger).isRunning
    }

    @Test func bringsUpBothHalvesAndTakesThemDown() async throws {
        let test = TestHome()
        let home = test.home
        let halt = Halt()
        let (readiness, ready) = AsyncStream.makeStream(of: ConnectionDetails.self)
        let run = Task { try await Self.supervisor(home).run(until: halt) { ready.yield($0) } }
        var iterator = readiness.makeAsyncIterator()
        let details = try #require(await iterator.next())

        let state = try #require(try EnvironmentState.current(of: home))
        #expect(state.pid == getpid())
        #expect(state.phase == .ready)
        #expect(state.postgres?.pid == PostmasterFile(dataDirectory: home.postgresDirectory + "/data")?.pid)
        #expect(details.lines.first?.hasPrefix("DATABASE_URL='postgresql://miyabi_app@127.0.0.1:") == true)
        #expect(details.lines.contains("DYNAMODB_ENDPOINT=http://127.0.0.1:0"))
        for path in [home.environmentFile, home.stateFile, home.lockFile] {
            #expect(Files.status(path)?.mode == 0o600, "\(path)")
        }

        let report = try await StatusReport.gather(try Self.settings(home), logger: TestHome.logger)
        #expect(report.postgres.state == .running)
        #expect(report.postgres.version == state.postgres?.version)
        let applied = try Migration.embedded.count
        #expect(report.postgres.migrations == ["applied": applied])
        #expect(report.dynamoDB.state == .unreachable)  // There is no HTTP service in this test.
        #expect(!report.isUp)
        #expect(report.description.contains("migrations: \(applied) applied"))

        // A second supervisor, a reset: both refuse and say why.
        let second = await #expect(throws: OperationsError.self) {
            try await Self.supervisor(home).run(until: Halt()) { _ in }
        }
        #expect(second?.code == .alreadyRunning)
        #expect(second?.message.contains("(process \(getpid()), ready)") == true)
        let reset = await #expect(throws: OperationsError.self) {
            try await SupervisorControl(home: home, logger: TestHome.logger).reset()
        }
        #expect(reset?.code == .alreadyRunning)
        #expect(Files.exists(home.stateFile))

        halt.request()
        try await run.value
        #expect(!Self.isRunning(home))
        #expect(!Files.exists(home.stateFile))
        #expect(!FileLock.isHeld(home.lockFile))
        let down = try await StatusReport.gather(try Self.settings(home), logger: TestHome.logger)
        #expect(down.postgres.state == .stopped && down.dynamoDB.state == .stopped && down.phase == nil)
    }

    @Test func aRequestDuringTheStartBreaksItOff() async throws {
        let test = TestHome()
        let home = test.home
        let halt = Halt()
        let run = Task { try await Self.supervisor(home).run(until: halt) { _ in Issue.record("it became ready") } }
        #expect(
            await Polling.until(within: .seconds(20)) { Files.exists(home.postgresDirectory + "/data/postmaster.pid") })
        halt.request()
        try await run.value
        #expect(!Self.isRunning(home))
        #expect(!Files.exists(home.stateFile))
    }

    @Test func aHalfThatDoesNotStartTakesTheOtherDown() async throws {
        let test = TestHome()
        let home = test.home
        await #expect(throws: Broken.self) {
            try await Self.supervisor(home, startDynamoDB: { _, _, _ in throw Broken() }).run(until: Halt()) { _ in }
        }
        #expect(!Self.isRunning(home))
        #expect(!Files.exists(home.stateFile))
    }

    @Test func anExternalHalfIsCheckedAndNotStarted() async throws {
        let test = TestHome()
        let home = test.home
        let other = TestHome()
        let halt = Halt()
        try await other.withServer { server in
            let ready = Mutex(false)
            try await Self.supervisor(home, ["DATABASE_URL": server.url + "&application_name=test"]).run(until: halt) {
                details in
                #expect(!details.lines.contains { $0.hasPrefix("DATABASE_URL") })
                #expect(!Files.exists(home.postgresDirectory))
                ready.withLock { $0 = true }
                halt.request()
            }
            #expect(ready.withLock { $0 })
            // It is not migrated without being asked to.
            try await server.expect("SELECT count(*)::text FROM pg_tables WHERE schemaname = 'public'", ["0"])
        }
        let gone = await #expect(throws: OperationsError.self) {
            try await Self.supervisor(home, ["DATABASE_URL": "postgresql://u:hunter2@127.0.0.1:1/x"]).run(until: Halt())
            { _ in }
        }
        #expect(gone?.message.hasPrefix("cannot use the external PostgreSQL that DATABASE_URL names") == true)
        #expect(gone?.description.contains("hunter2") == false)
    }

    @Test func anUnreachableDynamoDBIsNoticedBeforeAClusterIsMade() async throws {
        let test = TestHome()
        let home = test.home
        let endpoint = "http://127.0.0.1:\(try LocalPort.anyFree())"
        let error = await #expect(throws: OperationsError.self) {
            try await Self.supervisor(home, ["DYNAMODB_ENDPOINT": endpoint, "DYNAMODB_MAX_ATTEMPTS": "1"])
                .run(until: Halt()) { _ in }
        }
        #expect(error?.code == .dynamoDB)
        #expect(error?.message.hasPrefix("cannot use the external DynamoDB (\(endpoint)): ") == true)
        #expect(error?.message.contains("redentials") == false, "a plain http server takes any key")
        #expect(!Files.exists(home.postgresDirectory))
    }

    @Test func resetRemovesEverythingAndOnlyThere() async throws {
        let test = TestHome()
        let control = SupervisorControl(home: test.home, logger: TestHome.logger)
        #expect(try await !control.stop())
        try await test.withServer { _ in }
        try await control.reset()
        #expect(!Files.exists(test.home.path))
        // A directory that is no home stays as it is.
        try Files.makeDirectory(test.home.path)
        try Files.write("precious", to: test.home.path + "/thesis.txt")
        let error = await #expect(throws: OperationsError.self) { try await control.reset() }
        #expect(error?.code == .unusableHome)
        #expect(Files.read(test.home.path + "/thesis.txt") == "precious")
    }

    @Test func downLeavesAProcessAloneThatHasTheNumberOfAKilledSupervisor() async throws {
        let test = TestHome()
        let home = test.home
        try home.create(account: nil)
        let bystander = try await ChildProcess.start(ChildProcess.Command(executable: "/bin/sleep", arguments: ["60"]))
        // What was killed left this; whoever holds the lock now has not written its own yet.
        var left = EnvironmentState(pid: bystander.pid, startedAt: Date())
        left.phase = .ready
        try left.write(to: home.stateFile)
        let lock = try #require(try FileLock(home.lockFile))
        #expect(try EnvironmentState.current(of: home) == nil)
        let error = await #expect(throws: OperationsError.self) {
            try await SupervisorControl(home: home, logger: TestHome.logger).stop(within: .milliseconds(100))
        }
        #expect(error?.code == .timeout)
        #expect(bystander.ended == nil)
        bystander.signal(SIGKILL)
        lock.release()
    }

    @Test func aLinkedHomeIsEmptiedAndStays() async throws {
        let test = TestHome()
        let target = test.parent + "/disk"
        try Files.makeDirectory(target)
        #expect(symlink(target, test.home.path) == 0)
        try test.home.create(account: ServiceAccount.required())
        try await SupervisorControl(home: test.home, logger: TestHome.logger).reset()
        #expect(Files.status(test.home.path)?.isSymbolicLink == true)
        #expect(Files.exists(target) && Files.entries(target).isEmpty)
        try test.home.create(account: ServiceAccount.required())
        #expect(test.home.exists)
    }

    @Test func portsOfTheLastRunAreTakenAgain() throws {
        let test = TestHome()
        try test.home.create(account: nil)
        let (postgres, dynamoDB) = (try LocalPort.anyFree(), try LocalPort.anyFree())
        let printed = """
            DATABASE_URL='\(test.home.databaseURL(port: postgres))'
            DYNAMODB_ENDPOINT=http://127.0.0.1:\(dynamoDB)

            """
        try Files.write(printed, to: test.home.environmentFile)
        let again = try Self.settings(test.home).withPortsOfLastRun()
        #expect(again.postgresPort == postgres && again.dynamoDBPort == dynamoDB)
        // Named ones win.
        let named = try Self.settings(test.home, ["MIYABI_POSTGRES_PORT": "5001"]).withPortsOfLastRun()
        #expect(named.postgresPort == 5001)
    }

    @Test func downStopsAnOrphan() async throws {
        let test = TestHome()
        let cluster = try await test.withServer { $0.cluster }
        let process = try await ChildProcess.start(
            ChildProcess.Command(
                executable: cluster.binaries.postgres, arguments: ["-D", cluster.location.data],
                account: cluster.account))
        #expect(
            await Polling.until(within: .seconds(20)) {
                PostmasterFile(dataDirectory: cluster.location.data)?.status == "ready"
            })
        #expect(try await SupervisorControl(home: test.home, logger: TestHome.logger).stop())
        #expect(process.ended == .code(0))
    }

    @Test func haltCountsRequests() async {
        let halt = Halt()
        let second = Task { await halt.requested(times: 2) }
        #expect(!halt.isRequested)
        #expect(halt.request() == 1)
        await halt.requested()
        #expect(halt.request() == 2)
        await second.value
    }

    @Test func statusReadsWell() throws {
        let report = StatusReport(
            home: "/h", phase: .ready, pid: 1, startedAt: Date(timeIntervalSince1970: 0), uptimeSeconds: 7384,
            postgres: .init(
                state: .running, address: "port=1", pid: 2, port: 1, version: "15.1", migrations: ["applied": 8]),
            dynamoDB: .init(state: .unreachable, address: "http://x", problem: "no route\nat all"))
        #expect(
            report.description == """
                home        /h
                supervisor  ready, process 1, up 2 h 3 min
                PostgreSQL  running, version 15.1, port=1, process 2
                            migrations: 8 applied
                DynamoDB    unreachable, http://x
                            no route
                            at all
                """)
        var up = report
        up.dynamoDB = .init(state: .running, tables: ["t": "ACTIVE"])
        #expect(!report.isUp && up.isUp)
        for change: (inout StatusReport) -> Void in [
            { $0.phase = .stopping }, { $0.postgres.problem = "15 pending" }, { $0.dynamoDB.tables = ["t": "missing"] },
        ] {
            var down = up
            change(&down)
            #expect(!down.isUp)
        }
    }
}
