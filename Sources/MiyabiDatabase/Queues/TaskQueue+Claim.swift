import DynamoDB

extension TaskQueue {
    /// Claims tasks that are due, longest due first: those that nobody holds, and those whose holder has shown no life
    /// for its lease, as far as this value has watched it. Never waits.
    ///
    /// A task whose consumers stopped at every attempt becomes a dead letter here, and so does one that is damaged.
    ///
    /// - Parameters:
    ///   - limit: How many at most.
    ///   - owner: Who claims them, for people to read: 1 to 255 bytes of UTF-8.
    ///   - duration: How long a claim lasts after each heartbeat, 10 milliseconds to a day.
    /// - Throws: ``LeaseError``; ``TaskQueueError``; `DynamoDBError`. What was claimed before the error is tried again
    ///   when its lease has run out.
    public func claim(
        upTo limit: Int = 1, as owner: String, for duration: Duration = .seconds(30)
    ) async throws -> [TaskClaim] {
        var claims: [TaskClaim] = []
        var seen: Set<String> = []
        // Dropping what was not seen keeps this small, and at worst begins to watch anew.
        defer { watches.keep(seen) }
        // Tasks that others hold come with those that are free.
        let pageSize = min(max(limit, 5), 50) * 2
        for try await page in tasks(.waiting, through: TaskPlace.Order.waiting.end(clock()), pageSize: pageSize) {
            for listed in page {
                guard claims.count < limit else { return claims }
                guard case .success(let task) = listed.task else {
                    try await bury(listed)
                    continue
                }
                seen.insert(task.id)
                if let claim = try await claim(task, owner, duration) { claims.append(claim) }
            }
        }
        return claims
    }

    private func claim(_ task: QueuedTask, _ owner: String, _ duration: Duration) async throws -> TaskClaim? {
        if let holder = task.record.holder, watches.see(task, at: leases.pacing.now()) < holder.duration { return nil }
        guard let place = task.place else { return nil }
        let request = try LeaseRequest(key(task.id), owner: owner, duration: duration, patience: .zero)
        guard let lease = try await leases.take(request, after: task.record) else { return nil }
        let payload = try await payloads(of: [task])[0]
        let claim = TaskClaim(
            id: task.id, payload: payload ?? [:], attempt: task.attempts + 1, lease: lease, place: place)
        guard payload != nil, claim.attempt <= options.maximumAttempts else {
            let reason = payload == nil ? "its payload is missing or no map" : task.lastError
            try await put(claim, back: .dead, at: clock(), because: reason)
            return nil
        }
        return claim
    }

    /// Makes a task whose item cannot be read a dead letter, so that it keeps no consumer from the others.
    private func bury(_ listed: ListedTask) async throws {
        guard case .failure(let error) = listed.task else { return }
        let grave = TaskPlace(.dead, clock(), listed.id)
        let update = Update(
            tableName: leases.name, key: key(listed.id).item, .set("place", to: grave.sort),
            .set("last_error", to: String("\(error)".prefix(1024)))
        ).when(.attribute("place") == listed.place.sort)
        // False when another was faster.
        _ = try await leases.attempt([.update(update)] + move(listed.id, from: listed.place, to: grave))
    }
}
