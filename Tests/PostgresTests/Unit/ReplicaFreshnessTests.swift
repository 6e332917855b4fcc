import Testing

@testable import Postgres

@Suite struct ReplicaFreshnessTests {
    private let start = ContinuousClock.now
    private func position(_ value: UInt64) -> PostgresLSN { PostgresLSN(rawValue: value) }

    @Test func positionsAreReadAndWritten() {
        #expect(PostgresLSN("16/B374D848")?.rawValue == 0x16_B374_D848)
        #expect(PostgresLSN(rawValue: 0x16_0000_00A8).description == "16/A8")
        for text in ["", "1", "1/", "/1", "1/2/3", "G/1", "1/100000000"] { #expect(PostgresLSN(text) == nil) }
        #expect(PostgresLSN("0/FFFFFFFF")! < PostgresLSN("1/0")!)
    }

    @Test func oneReadChecksAndTheOthersGoOn() {
        var freshness = ReplicaFreshness(maximumLag: .seconds(10))
        #expect(freshness.route(after: nil, now: start) == .check)
        #expect(freshness.route(after: nil, now: start) == .primary)
        freshness.checked(primary: position(100), replica: position(100), since: start)
        #expect(freshness.route(after: nil, now: start + .milliseconds(999)) == .replica)
        #expect(freshness.route(after: nil, now: start + .seconds(1)) == .check)
        #expect(freshness.route(after: nil, now: start + .seconds(1)) == .replica)
    }

    @Test func theLagIsTheAgeOfTheNewestSampleReplayed() {
        var freshness = ReplicaFreshness(maximumLag: .seconds(3))
        freshness.checked(primary: position(100), replica: position(90), since: start)
        #expect(freshness.lag(at: start) == nil)
        #expect(freshness.knownRoute(after: nil, now: start) == .primary)
        for second in 1...5 {
            freshness.checked(
                primary: position(100 + UInt64(second)), replica: position(102), since: start + .seconds(second))
        }
        #expect(freshness.lag(at: start + .seconds(5)) == .seconds(3))
        #expect(freshness.knownRoute(after: nil, now: start + .seconds(5)) == .replica)
        #expect(freshness.knownRoute(after: nil, now: start + .milliseconds(5001)) == .primary)
    }

    @Test func aReadSeesTheWriteThatItNames() {
        var freshness = ReplicaFreshness(maximumLag: .seconds(10))
        freshness.checked(primary: position(100), replica: position(100), since: start)
        #expect(freshness.route(after: position(100), now: start) == .replica)
        // The replica may have got there meanwhile: asked again at once, but not without end.
        #expect(freshness.route(after: position(101), now: start + .milliseconds(49)) == .primary)
        #expect(freshness.route(after: position(101), now: start + .milliseconds(50)) == .check)
        freshness.checked(primary: position(101), replica: position(101), since: start + .milliseconds(50))
        #expect(freshness.knownRoute(after: position(101), now: start + .milliseconds(51)) == .replica)
    }

    @Test func whatCannotBeAskedIsNotUsed() {
        var freshness = ReplicaFreshness(maximumLag: .seconds(10))
        freshness.checked(primary: position(100), replica: position(100), since: start)
        freshness.checkFailed(at: start + .seconds(1))
        #expect(freshness.route(after: nil, now: start + .milliseconds(1500)) == .primary)
        #expect(freshness.route(after: nil, now: start + .seconds(2)) == .check)
    }
}
