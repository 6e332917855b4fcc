import Glibc
import MiyabiHome
import MiyabiSystem
import MiyabiTestSupport
import Testing

@testable import MiyabiOperations

/// What PostgreSQL's account can do to root, which works in a directory of that account's.
@Suite("Planted links", .serialized, .enabled(if: geteuid() == 0))
struct PlantedLinkTests {
    /// A directory of root's that nobody else may change, with a file in it.
    private func withVictim(_ test: borrowing TestHome, _ body: (String) async throws -> Void) async throws {
        let victim = test.parent + "/victim"
        try Files.makeDirectory(victim, mode: 0o755)
        try Files.write("precious", to: victim + "/PG_VERSION", mode: 0o644)
        try Files.write("precious", to: victim + "/postmaster.pid", mode: 0o644)
        try await body(victim)
        #expect(Files.entries(victim).sorted() == ["PG_VERSION", "postmaster.pid"])
        for name in Files.entries(victim) { #expect(Files.read("\(victim)/\(name)") == "precious") }
        let status = try #require(Files.status(victim))
        #expect(status.owner == 0 && status.mode == 0o755)
    }

    @Test func aStartDoesNotFollowThem() async throws {
        let test = TestHome()
        let account = try #require(try ServiceAccount.required())
        let cluster = try await test.withServer { $0.cluster }
        let data = cluster.location.data
        try await withVictim(test) { victim in
            try account.act { () throws(OperationsError) in
                try Files.rename(data, to: data + ".real")
                guard symlink(victim, data) == 0 else { throw .system("plant", data) }
            }
            let error = await #expect(throws: OperationsError.self) { try await test.withServer { _ in } }
            #expect(error?.code == .unusableHome && error?.message.hasPrefix("\(data) is a link") == true)
            // Planted after the check: what is written is written as the account, which may not.
            let writes = [
                { try cluster.configure(tuning: TestHome.tuning, port: 1, transport: .plain) }, { try Self.stop(data) },
            ]
            for write in writes {
                #expect(throws: OperationsError.self) { try write() }
            }
        }
        // The control: as root, by the same path, it is followed.
        let victim = test.parent + "/victim"
        try Files.write("owned", to: data + "/cron")
        #expect(Files.read(victim + "/cron") == "owned")
        try account.act { () throws(OperationsError) in
            try Files.remove(data)
            try Files.rename(data + ".real", to: data)
        }
        try await test.withServer { try await $0.expect("SELECT 'in'", ["in"]) }
    }

    private static func stop(_ data: String) throws {
        try ServiceAccount.required().act { () throws(OperationsError) in try Files.remove(data + "/postmaster.pid") }
    }

    @Test func removingDoesNotFollowThem() async throws {
        let test = TestHome()
        let cluster = try await test.withServer { $0.cluster }
        try await withVictim(test) { victim in
            for name in ["data/base/link", "run/link", "log/link.log"] {
                #expect(symlink(victim, "\(cluster.location.root)/\(name)") == 0)
            }
            try await SupervisorControl(home: test.home, logger: TestHome.logger).reset()
            #expect(!Files.exists(cluster.location.root))
        }
    }

    @Test func theThreadHasItsRightsBackAfterwards() throws {
        let account = try #require(try ServiceAccount.required())
        let test = TestHome()
        try Files.makeDirectory(test.parent)
        let path = test.parent + "/file"
        #expect(throws: OperationsError.self) {
            try account.act { () throws(OperationsError) in try Files.write("x", to: path) }
        }
        try Files.write("x", to: path)
        #expect(Files.status(path)?.owner == 0)
        let own = test.parent + "/own"
        try Files.makeDirectory(own)
        try Files.changeMode(test.parent, 0o755)
        try Files.give(own, to: account)
        try account.act { () throws(OperationsError) in try Files.write("x", to: own + "/file") }
        #expect(Files.status(own + "/file")?.owner == account.uid)
    }
}
