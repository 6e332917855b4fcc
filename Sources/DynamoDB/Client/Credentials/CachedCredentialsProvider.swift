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
