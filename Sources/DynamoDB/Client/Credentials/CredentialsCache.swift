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
