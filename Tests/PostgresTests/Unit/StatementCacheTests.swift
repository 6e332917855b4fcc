import Testing

@testable import Postgres

@Suite struct StatementCacheTests {
    private func key(_ sql: String) -> StatementCache.Key { .init(sql: sql, types: []) }

    @Test func preparesOnTheSecondUse() {
        var cache = StatementCache(capacity: 10)
        #expect(cache.plan(for: key("a")) == .once)
        #expect(cache.plan(for: key("a")) == .prepare("miyabi_1"))
        // Preparing failed: it is tried again, under another name.
        #expect(cache.plan(for: key("a")) == .prepare("miyabi_2"))
        cache.prepared(key("a"), as: "miyabi_2")
        #expect(cache.plan(for: key("a")) == .run("miyabi_2"))
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
        #expect(cache.takeDropped() == ["p_b"])
        #expect(cache.takeDropped().isEmpty)
        #expect(cache.plan(for: key("a")) == .run("p_a"))
    }

    @Test func forgetting() {
        var cache = StatementCache(capacity: 2)
        _ = cache.plan(for: key("a"))
        cache.prepared(key("a"), as: "p")
        cache.forget(key("a"), isGone: true)
        #expect(cache.dropped.isEmpty)
        #expect(cache.plan(for: key("a")) == .once)
        cache.prepared(key("a"), as: "q")
        cache.forgetAll()
        #expect(cache.dropped.isEmpty)
        #expect(cache.plan(for: key("a")) == .once)
    }

    @Test func capacityZeroNeverPrepares() {
        var cache = StatementCache(capacity: 0)
        for _ in 0..<3 { #expect(cache.plan(for: key("a")) == .once) }
    }
}
