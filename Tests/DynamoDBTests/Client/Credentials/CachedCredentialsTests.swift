import Synchronization
import Testing

@testable import AWSCore

@Suite struct CachedCredentialsTests {
    private static func credentials(_ name: String, until expiration: Int?) -> Credentials {
        Credentials(accessKeyID: name, secretAccessKey: "s", expiration: expiration)
    }

    @Test func theCacheDecides() {
        var cache = CredentialsCache()
        #expect(cache.decide(now: 0) == .wait)
        let begins = [cache.begin(), cache.begin()]
        #expect(begins == [true, false])
        let first = Self.credentials("1", until: 1_000)
        cache.end(first, now: 0)
        #expect(cache.decide(now: 699) == .use(first))
        #expect(cache.decide(now: 700) == .useAndRefresh(first))
        let isFirst = cache.begin()
        #expect(isFirst)
        #expect(cache.decide(now: 800) == .use(first))
        // Late, requests wait even though a refresh is under way already.
        #expect(cache.decide(now: 940) == .wait)
        cache.end(nil, now: 945)
        #expect(cache.decide(now: 950) == .use(first))
        #expect(cache.decide(now: 955) == .wait)
        #expect(cache.decide(now: 1_001) == .wait)
    }

    @Test func withoutAnEndTheyAreKept() {
        var cache = CredentialsCache()
        let first = Self.credentials("1", until: nil)
        cache.end(first, now: 0)
        #expect(cache.decide(now: .max) == .use(first))
    }

    /// Answers when a test says so.
    private final class SlowProvider: CredentialsProvider {
        struct State {
            var calls = 0
            var waiting: [CheckedContinuation<Credentials, any Error>] = []
        }
        let state = Mutex(State())

        func credentials() async throws -> Credentials {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { state in
                    state.calls += 1
                    state.waiting.append(continuation)
                }
            }
        }

        func answer(_ result: Result<Credentials, any Error>) async {
            while state.withLock({ $0.waiting.isEmpty }) { await Task.yield() }
            state.withLock { $0.waiting.removeFirst() }.resume(with: result)
        }
    }

    @Test func manyCallersShareOneSearch() async throws {
        let source = SlowProvider()
        let now = Mutex(0)
        let provider = CachedCredentialsProvider(source, now: { now.withLock { $0 } })
        let found = try await withThrowingTaskGroup(of: Credentials.self) { group in
            for _ in 0..<50 { group.addTask { try await provider.credentials() } }
            await source.answer(.success(Self.credentials("1", until: 1_000)))
            return try await group.reduce(into: Set()) { $0.insert($1.accessKeyID) }
        }
        #expect(found == ["1"])
        #expect(source.state.withLock { $0.calls } == 1)

        // Early: the old ones serve while others are looked for, once.
        now.withLock { $0 = 750 }
        for _ in 0..<5 { #expect(try await provider.credentials().accessKeyID == "1") }
        await source.answer(.success(Self.credentials("2", until: 2_000)))
        while try await provider.credentials().accessKeyID != "2" { await Task.yield() }
        #expect(source.state.withLock { $0.calls } == 2)
    }

    @Test func oldOnesServeWhenNoneAreFound() async throws {
        let source = SlowProvider()
        let now = Mutex(0)
        let provider = CachedCredentialsProvider(source, now: { now.withLock { $0 } })
        let failure = AWSError.refused("down")
        let first = Task { try await provider.credentials() }
        await source.answer(.success(Self.credentials("1", until: 1_000)))
        #expect(try await first.value.accessKeyID == "1")

        now.withLock { $0 = 950 }
        let late = Task { try await provider.credentials() }
        await source.answer(.failure(failure))
        #expect(try await late.value.accessKeyID == "1")

        now.withLock { $0 = 1_000 }
        let tooLate = Task { try await provider.credentials() }
        await source.answer(.failure(failure))
        await #expect(throws: AWSError.self) { try await tooLate.value }
    }
}
