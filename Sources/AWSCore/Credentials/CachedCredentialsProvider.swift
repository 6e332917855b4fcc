import Synchronization

/// Keeps another provider's credentials, and looks for new ones ahead of their end.
///
/// From five minutes before the end new ones are looked for while the old ones serve; from one minute before it requests
/// wait. Requests that wait at once share one search. Credentials without an end are kept for good.
public final class CachedCredentialsProvider: CredentialsProvider {
    private struct State {
        var cache = CredentialsCache()
        var refresh: Task<Credentials, any Error>?
    }

    private let provider: any CredentialsProvider
    private let now: @Sendable () -> Int
    private let state = Mutex(State())

    /// Keeps what a provider gives.
    public convenience init(_ provider: any CredentialsProvider) {
        self.init(provider, now: { Platform.secondsSince1970 })
    }

    /// - Parameter now: the time in seconds since 1970.
    init(_ provider: any CredentialsProvider, now: @escaping @Sendable () -> Int) {
        self.provider = provider
        self.now = now
    }

    /// The credentials kept, or new ones.
    public func credentials() async throws -> Credentials {
        let (decision, refresh) = state.withLock { state in
            let decision = state.cache.decide(now: now())
            if case .use = decision { return (decision, nil as Task<Credentials, any Error>?) }
            if state.cache.begin() { state.refresh = Task { try await self.refresh() } }
            return (decision, state.refresh)
        }
        switch decision {
        case .use(let credentials), .useAndRefresh(let credentials):
            return credentials
        case .wait:
            do {
                guard let refresh else { return try await provider.credentials() }
                return try await refresh.value
            } catch {
                // Old ones that have not ended are better than none.
                let current = state.withLock { $0.cache.current }
                guard let current, current.expiration ?? .max > now() else { throw error }
                return current
            }
        }
    }

    private func refresh() async throws -> Credentials {
        let result: Result<Credentials, any Error>
        do {
            result = .success(try await provider.credentials())
        } catch {
            result = .failure(error)
        }
        state.withLock { state in
            state.cache.end(try? result.get(), now: now())
            state.refresh = nil
        }
        return try result.get()
    }
}

/// When credentials that were found are used, and when they are looked for again.
struct CredentialsCache {
    /// What to do for a request.
    enum Decision: Equatable {
        /// Sign with these.
        case use(Credentials)
        /// Sign with these, while others are looked for.
        case useAndRefresh(Credentials)
        /// Wait for others, which are looked for already or from now on.
        case wait
    }

    /// So many seconds before their end, credentials are looked for again while the old ones serve.
    static let early = 300
    /// So many seconds before their end, requests wait for new ones: a request signed now may arrive too late.
    static let late = 60
    /// So many seconds pass before credentials that still serve are looked for again.
    static let pause = 10

    private(set) var current: Credentials?
    private var isRefreshing = false
    private var lastRefresh: Int?

    /// - Parameter now: seconds since 1970.
    mutating func decide(now: Int) -> Decision {
        guard let current else { return .wait }
        guard let expiration = current.expiration else { return .use(current) }
        let left = expiration - now
        if left > CredentialsCache.early { return .use(current) }
        let isTooSoon = lastRefresh.map { now < $0 + CredentialsCache.pause } ?? false
        if left > CredentialsCache.late { return isRefreshing || isTooSoon ? .use(current) : .useAndRefresh(current) }
        return left > 0 && isTooSoon && !isRefreshing ? .use(current) : .wait
    }

    /// Whether a refresh is to be begun now: there is never more than one.
    mutating func begin() -> Bool {
        defer { isRefreshing = true }
        return !isRefreshing
    }

    /// A refresh ended, with new credentials or without.
    mutating func end(_ credentials: Credentials?, now: Int) {
        isRefreshing = false
        lastRefresh = now
        if let credentials { current = credentials }
    }
}
