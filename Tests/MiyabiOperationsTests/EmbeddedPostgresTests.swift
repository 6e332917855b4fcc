import FoundationEssentials
import Testing

@testable import MiyabiOperations

@Suite("Embedded PostgreSQL", .serialized)
struct EmbeddedPostgresTests {
    @Test func startsStopsAndStartsAgain() async throws {
        let test = TestHome()
        let clock = ContinuousClock()
        var t = clock.now
        let first = try await test.start()
        print("cold", clock.now - t)
        #expect(first.isNew)
        await first.stop()
        t = clock.now
        let second = try await test.start()
        print("warm", clock.now - t)
        #expect(!second.isNew)
        await second.stop()
        #expect(PostmasterFile(dataDirectory: second.dataDirectory) == nil)
    }

    @Test func rootsOwnHomeIsOutOfReachOfTheAccount() async throws {
        let test = TestHome(below: "/root")
        let server = try await test.start()
        await server.stop()
    }
}
