/// What a process saw of a lease that another holds, on its own clock.
struct LeaseWatch: Sendable {
    private var seen: (record: LeaseRecord, since: ContinuousClock.Instant)?

    /// For how long the lease has been seen unchanged.
    ///
    /// - Parameter now: After the record was read: the holder may have renewed up to then.
    mutating func see(_ record: LeaseRecord, at now: ContinuousClock.Instant) -> Duration {
        guard let seen, seen.record == record else {
            seen = (record, now)
            return .zero
        }
        return seen.since.duration(to: now)
    }
}
