/// Who wants which lease, and how long it will wait for it.
struct LeaseRequest: Sendable {
    static let durations = Duration.milliseconds(10)...Duration.seconds(86_400)

    let key: LeaseKey
    let owner: String
    let duration: Duration
    /// Nil to wait for ever.
    let patience: Duration?

    /// - Throws: ``LeaseError`` when a part is out of range.
    init(_ key: LeaseKey, owner: String, duration: Duration, patience: Duration?) throws(LeaseError) {
        try Self.check(owner: owner, duration: duration)
        self.key = key
        self.owner = owner
        self.duration = duration
        self.patience = patience
    }

    /// - Throws: ``LeaseError`` when one is out of range.
    static func check(owner: String, duration: Duration) throws(LeaseError) {
        guard (1...255).contains(owner.utf8.count) else {
            throw LeaseError(.invalidOwner, "an owner has 1 to 255 bytes, not \(owner.utf8.count)")
        }
        guard Self.durations.contains(duration) else {
            throw LeaseError(.invalidDuration, "a lease lasts 10 milliseconds to a day, not \(duration)")
        }
    }
}
