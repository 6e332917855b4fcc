import Foundation
import MiyabiHome
import MiyabiSystem
import MiyabiTestSupport
import Postgres
import Testing

@testable import MiyabiOperations

@Suite("Embedded PostgreSQL after accidents", .serialized)
struct EmbeddedRecoveryTests {
    @Test func aKilledServerIsStartedAgain() async throws {
        let test = TestHome()
        try await test.withServer { server in
            _ = try await server.ask("CREATE TABLE kept AS SELECT 'x'::text AS v")
            let (restarts, reported) = AsyncStream.makeStream(of: Int32.self)
            let watch = Task { try await server.watch { reported.yield($0) } }
            let first = await server.pid
            kill(first, SIGKILL)
            var iterator = restarts.makeAsyncIterator()
            let second = await iterator.next()
            #expect(second != nil && second != first)
            #expect(await server.pid == second)
            try await server.expect("SELECT v FROM kept", ["x"])
            await server.stop()
            try await watch.value
        }
    }

    @Test func aRestartThatFailsIsTriedAgain() async throws {
        let test = TestHome()
        let home = test.home
        try await test.withServer { server in
            let (restarts, reported) = AsyncStream.makeStream(of: Int32.self)
            let watch = Task { try await server.watch { reported.yield($0) } }
            let broken = server.dataDirectory + "/local.conf"
            try Files.write("shared_buffers = nonsense\n", to: broken, owner: server.cluster.account)
            kill(await server.pid, SIGKILL)
            let startLog = home.logDirectory + "/postgres-start.log"
            #expect(
                await Polling.until(within: .seconds(30)) { Files.read(startLog)?.contains("nonsense") == true })
            try Files.remove(broken)
            var iterator = restarts.makeAsyncIterator()
            #expect(await iterator.next() != nil)
            try await server.expect("SELECT 'in'", ["in"])
            await server.stop()
            try await watch.value
        }
    }

    @Test func whateverElseWorksInTheDataDirectoryIsLeftAlone() async throws {
        let test = TestHome()
        let directory = test.home.path + "/data"
        try Files.makeDirectory(directory)
        let bystander = try await ChildProcess.start(
            ChildProcess.Command(executable: "/usr/bin/env", arguments: ["--chdir=\(directory)", "sleep", "60"]))
        #expect(
            await Polling.until(within: .seconds(10)) { ProcessIdentity(pid: bystander.pid)?.runs("sleep") == true })
        let orphan = OrphanedServer(dataDirectory: directory, logger: TestHome.logger)
        #expect(!orphan.isRunning)
        try await orphan.stop()
        #expect(bystander.ended == nil)
        bystander.signal(SIGKILL)
    }

    @Test func anOrphanIsStoppedAndItsDataRecovered() async throws {
        let test = TestHome()
        let orphan = try await test.withServer { server in
            _ = try await server.ask("CREATE TABLE kept AS SELECT 'x'::text AS v")
            return server.cluster
        }
        // As a supervisor without setpriv would leave it: nothing tells it that its parent died.
        let process = try await ChildProcess.start(
            ChildProcess.Command(
                executable: orphan.binaries.postgres, arguments: ["-D", orphan.location.data], account: orphan.account))
        #expect(
            await Polling.until(within: .seconds(20)) {
                PostmasterFile(dataDirectory: orphan.location.data)?.status == "ready"
            })
        try await test.withServer { server in
            #expect(process.ended == .code(0))
            #expect(await server.pid != process.pid)
            try await server.expect("SELECT v FROM kept", ["x"])
        }
    }

    @Test func aStalePidFileWithAReusedNumberIsNoServer() async throws {
        let test = TestHome()
        let cluster = try await test.withServer { $0.cluster }
        // The number of a live process that is no server: this one.
        let file = "\(getpid())\n\(cluster.location.data)\n1\n5432\n/tmp\n127.0.0.1\n  0 0\nready   \n"
        try Files.write(file, to: cluster.location.data + "/postmaster.pid", owner: cluster.account)
        #expect(PostmasterFile(text: file)?.server(in: cluster.location.data) == nil)
        try await test.withServer { server in
            try await server.expect("SELECT 'in'", ["in"])
        }
    }

    @Test func aHalfMadeClusterIsMadeAnew() async throws {
        let test = TestHome()
        let account = try ServiceAccount.required()
        try test.home.create(account: account)
        let draft = test.home.postgresDirectory + ".new"
        try Files.makeDirectory(draft + "/data/base")
        try Files.write("15\n", to: draft + "/data/PG_VERSION")
        try Files.write("left behind", to: draft + "/password")
        try await test.withServer { server in
            #expect(server.isNew)
            #expect(!Files.exists(draft))
        }
    }

    @Test func aKilledInitdbLeavesNothingThatCounts() async throws {
        let test = TestHome()
        let home = test.home
        let starting = Task {
            try await EmbeddedPostgres.start(
                EmbeddedPostgres.Options(home: home, port: 0, tuning: TestHome.tuning), logger: TestHome.logger)
        }
        // Kill initdb as soon as it works.
        let killed = await Polling.until(within: .seconds(20)) {
            guard Files.exists(home.postgresDirectory + ".new/data/global") else { return false }
            return Files.entries("/proc").compactMap { Int32($0) }.contains { pid in
                guard Files.read("/proc/\(pid)/comm") == "initdb\n",
                    Files.read("/proc/\(pid)/cmdline")?.contains(home.path) == true
                else { return false }
                return kill(pid, SIGKILL) == 0
            }
        }
        #expect(killed)
        let error = await #expect(throws: OperationsError.self) { _ = try await starting.value }
        #expect(error?.message == "initdb failed with signal 9 (Killed)")
        #expect(!Files.exists(home.postgresDirectory))
        try await test.withServer { #expect($0.isNew) }
    }

    @Test func widePermissionsAreMendedAndSecretsThatOthersMayReadRefused() async throws {
        let test = TestHome()
        let cluster = try await test.withServer { $0.cluster }
        try Files.changeMode(cluster.location.data, 0o777)
        try await test.withServer { server in
            #expect(Files.status(server.dataDirectory)?.mode == 0o700)
            try await server.expect("SELECT 'in'", ["in"])
        }
        for login in DatabaseLogin.allCases {
            let file = test.home.passwordFile(of: login)
            try Files.changeMode(file, 0o644)
            let error = await #expect(throws: OperationsError.self) { try await test.withServer { _ in } }
            #expect(error?.message.hasPrefix("\(file) holds a secret") == true)
            try Files.changeMode(file, 0o600)
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func filesOfAnotherAccountAreNamed() async throws {
        let test = TestHome()
        let cluster = try await test.withServer { $0.cluster }
        #expect(chown(cluster.location.data + "/PG_VERSION", 65_534, 65_534) == 0)
        let error = await #expect(throws: OperationsError.self) { try await test.withServer { _ in } }
        #expect(error?.code == .unusableHome)
        #expect(error?.advice == "Change the owner back: chown -R postgres \(cluster.location.root)/")
    }

    @Test func aBrokenConfigurationIsShown() async throws {
        let test = TestHome()
        let cluster = try await test.withServer { $0.cluster }
        try Files.write(
            "shared_buffers = nonsense\n", to: cluster.location.data + "/local.conf", owner: cluster.account)
        let error = await #expect(throws: OperationsError.self) { try await test.withServer { _ in } }
        #expect(error?.code == .postgres)
        #expect(error?.advice?.contains(#"invalid value for parameter "shared_buffers": "nonsense""#) == true)
    }

    @Test func aLostSuperuserPasswordIsExplained() async throws {
        let test = TestHome()
        try await test.withServer { _ in }
        try Files.remove(test.home.superuserPasswordFile)
        let error = await #expect(throws: OperationsError.self) { try await test.withServer { _ in } }
        #expect(error?.message == "the cluster's password file \(test.home.superuserPasswordFile) is missing")
    }

    @Test func missingAndWrongProgramsAreNamed() async throws {
        let none = await #expect(throws: OperationsError.self) {
            try await PostgresBinaries.find(path: "/nowhere", debianRoot: "/nowhere")
        }
        #expect(none?.code == .missingProgram)
        #expect(none?.advice?.hasPrefix("apt-get install postgresql-15\n") == true)
        let other = await #expect(throws: OperationsError.self) { try await PostgresBinaries.find(major: 99, path: "") }
        #expect(other?.message == "PostgreSQL 99, which made this cluster, is not installed")
        let wrong = await #expect(throws: OperationsError.self) {
            try await PostgresBinaries.find(directory: "/usr/bin", path: "")
        }
        #expect(wrong?.message.contains("MIYABI_POSTGRES_BIN is /usr/bin") == true)
        #expect(
            PostgresBinaries.parse("postgres (PostgreSQL) 17.2 (Debian 17.2-1)\n", directory: "/b")
                == PostgresBinaries(directory: "/b", version: "17.2", major: 17))
    }

    @Test func aHomeWithALongPathIsServed() async throws {
        let test = TestHome(below: "/tmp/operations-" + String(repeating: "long", count: 25))
        try await test.withServer { server in
            #expect(server.cluster.location.socketDirectory == "/tmp/miyabi-\(test.home.shortHash)")
            #expect(Files.status(server.cluster.location.socketDirectory)?.mode == 0o700)
            try await server.expect("SELECT 'in'", ["in"])
        }
        try Files.remove("/tmp/operations-" + String(repeating: "long", count: 25))
    }

    @Test func aHomeWithACommaIsServed() async throws {
        let test = TestHome(below: "/tmp/operations-one, two")
        try await test.withServer { server in
            #expect(server.cluster.location.socketDirectory == "/tmp/miyabi-\(test.home.shortHash)")
            try await server.expect("SELECT 'in'", ["in"])
        }
        try Files.remove("/tmp/operations-one, two")
    }

    @Test(.enabled(if: geteuid() == 0)) func rootsOwnDirectoryIsOutOfTheAccountsReach() async throws {
        let test = TestHome(below: "/root")
        let elsewhere = "/var/lib/miyabi/\(test.home.shortHash)"
        try await test.withServer { server in
            #expect(server.dataDirectory == elsewhere + "/data")
            #expect(Files.resolve(test.home.postgresDirectory) == elsewhere)
            try await server.expect("SELECT 'in'", ["in"])
        }
        // The home is deleted by hand and made again: its old cluster is set aside, not used and not destroyed.
        try Files.remove(test.home.path)
        try await test.withServer { #expect($0.isNew) }
        let aside = Files.entries("/var/lib/miyabi").filter { $0.hasPrefix("\(test.home.shortHash).orphan-") }
        #expect(aside.count == 1)
        for name in aside { try Files.remove("/var/lib/miyabi/\(name)") }
    }
}
