import Testing

@testable import Postgres

@Suite struct StatementCacheTests {
    private func key(_ sql: String) -> StatementCache.Key { .init(sql: sql, types: []) }

    @Test func preparesOnTheSecondUse() {
        var cache = StatementCache(capacity: 10, prefix: "p")
        #expect(cache.plan(for: key("a")) == .once)
        #expect(cache.plan(for: key("a")) == .prepare("p_1"))
        // Preparing failed: it is tried again, under another name.
        #expect(cache.plan(for: key("a")) == .prepare("p_2"))
        cache.prepared(key("a"), as: "p_2")
        #expect(cache.plan(for: key("a")) == .run("p_2"))
        #expect(cache.plan(for: .init(sql: "a", types: [20])) == .once)
    }

    @Test func dropsTheOneUsedLongestAgo() {
        var cache = StatementCache(capacity: 2)
        for name in ["a", "b"] {
            _ = cache.plan(for: key(name))
            cache.prepared(key(name), as: "p_\(name)")
        }
        _ = cache.plan(for: key("a"))
        #expect(cache.plan(for: key("c")) == .once)
        #expect(cache.dropped == ["p_b"])
        cache.removeLastDropped()
        #expect(cache.dropped.isEmpty)
        #expect(cache.plan(for: key("a")) == .run("p_a"))
    }

    @Test func forgetting() {
        var cache = StatementCache(capacity: 2)
        _ = cache.plan(for: key("a"))
        cache.prepared(key("a"), as: "p")
        cache.lost(key("a"))
        #expect(cache.dropped.isEmpty)
        #expect(cache.plan(for: key("a")) == .once)
        cache.prepared(key("a"), as: "q")
        cache.forgetAll()
        #expect(cache.dropped.isEmpty)
        #expect(cache.plan(for: key("a")) == .once)
    }

    /// Behind a pooler two connections may share a server.
    @Test func noTwoConnectionsGiveTheSameName() {
        var names: Set<String> = []
        for _ in 0..<100 {
            var cache = StatementCache(capacity: 10)
            _ = cache.plan(for: key("a"))
            if case .prepare(let name) = cache.plan(for: key("a")) { names.insert(name) }
        }
        #expect(names.count == 100)
    }

    @Test func whereStatementsGetLostNothingIsPreparedAnyMore() {
        var cache = StatementCache(capacity: 10)
        for round in 0..<2 {
            #expect(!cache.isGivenUp)
            _ = cache.plan(for: key("a"))
            guard case .prepare(let name) = cache.plan(for: key("a")) else {
                Issue.record("round \(round): it is prepared on its second use")
                return
            }
            cache.prepared(key("a"), as: name)
            cache.lost(key("a"))
        }
        #expect(cache.isGivenUp)
        for _ in 0..<3 { #expect(cache.plan(for: key("a")) == .once) }
    }

    @Test func capacityZeroNeverPrepares() {
        var cache = StatementCache(capacity: 0)
        for _ in 0..<3 { #expect(cache.plan(for: key("a")) == .once) }
    }
}
