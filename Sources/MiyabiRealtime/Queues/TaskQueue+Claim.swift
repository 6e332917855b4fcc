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
            let reason = payload == nil ? "its payload is missing or not a map" : task.lastError
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

extension TaskQueue {
    /// What becomes of a task that failed.
    public enum Retry: Sendable, Hashable {
        /// It may be tried again from then on.
        case waits(until: Timestamp)
        /// It was tried often enough, and is a dead letter.
        case isDead
    }

    /// Shows that a task's holder lives: the claim lasts its duration from now.
    ///
    /// - Throws: ``LeaseLost``; `DynamoDBError`.
    public func heartbeat(_ claim: TaskClaim) async throws {
        try await leases.heartbeat(claim.lease)
    }

    /// Takes a task that is done out of the queue.
    ///
    /// - Throws: ``LeaseLost`` when another holds it, or it was completed or put back; `DynamoDBError`.
    public func complete(_ claim: TaskClaim) async throws {
        let expiry = (clock() + TaskQueue.retention).seconds
        let payload = Delete(tableName: leases.name, key: payloadKey(claim.id))
        try await finish(
            claim, [.set("ttl", to: expiry), .remove("place"), .remove("payload")], place: nil, [.delete(payload)])
    }

    /// Gives a task back that was not tried to its end, because its consumer shuts down: it keeps its place, the next
    /// consumer has it at once, and it does not count as an attempt.
    ///
    /// - Throws: ``LeaseLost`` when another holds it, or it was completed or put back; `DynamoDBError`.
    public func giveBack(_ claim: TaskClaim) async throws {
        try await finish(claim, [.add("attempts_from", 1)], place: claim.place)
    }

    /// Puts a task that failed back, to be tried again after a while; or among the dead letters, when it was tried
    /// often enough.
    ///
    /// - Parameter reason: What went wrong, for people to read; cut after 1,024 characters.
    /// - Throws: ``LeaseLost`` when another holds it, or it was completed or put back; `DynamoDBError`.
    @discardableResult
    public func retry(_ claim: TaskClaim, because reason: String) async throws -> Retry {
        guard claim.attempt < options.maximumAttempts else {
            try await put(claim, back: .dead, at: clock(), because: reason)
            return .isDead
        }
        let moment = clock() + options.delay(afterAttempt: claim.attempt)
        try await put(claim, back: .waiting, at: moment, because: reason)
        return .waits(until: moment)
    }

    /// Runs a task with heartbeats beside it, and completes it; puts it back when the work throws; gives it back when
    /// this task is cancelled meanwhile.
    ///
    /// - Parameter work: Is cancelled when the claim is lost.
    /// - Throws: ``LeaseLost`` when the claim was lost; what the work throws, once the task has been put back;
    ///   `DynamoDBError`.
    public func run(
        _ claim: TaskClaim, _ work: @escaping @Sendable (TaskClaim) async throws -> Void
    ) async throws {
        try await leases.hold(claim.lease) {
            do { try await work(claim) } catch {
                guard Task.isCancelled else {
                    try await retry(claim, because: "\(error)")
                    throw error
                }
                // Also when the claim was lost, which then changes nothing.
                try? await Task { try await giveBack(claim) }.value
                throw error
            }
            // What is done is done, also when this task is cancelled now.
            try await Task { try await complete(claim) }.value
        }
    }

    func put(
        _ claim: TaskClaim, back order: TaskPlace.Order, at moment: Timestamp, because reason: String?
    ) async throws {
        let place = TaskPlace(order, moment, claim.id)
        let error =
            reason.map { ItemChange.set("last_error", to: String($0.prefix(1024))) } ?? .remove("last_error")
        try await finish(claim, [.set("place", to: place.sort), error], place: place)
    }

    private func finish(
        _ claim: TaskClaim, _ changes: [ItemChange], place: TaskPlace?, _ writes: [TransactWriteItem] = []
    ) async throws {
        try await leases.update(
            claim.lease, changes + LeaseTable.releasing, with: move(claim.id, from: claim.place, to: place) + writes)
    }
}

extension TaskQueue {
    /// The tasks that were given up, longest dead first, page by page.
    ///
    /// - Parameter pageSize: Tasks a page, 1 to 1,000.
    /// - Returns: Pages. Reading them throws ``TaskQueueError`` and `DynamoDBError`.
    public func deadLetters(pageSize: Int = 100) -> some AsyncSequence<[DeadLetter], any Error> & Sendable {
        // `:` is the character after `9`: the bound lies after every moment.
        tasks(.dead, through: "\(TaskPlace.Order.dead.rawValue):", pageSize: min(max(pageSize, 1), 1000)).map { tasks in
            let readable = tasks.compactMap { try? $0.task.get() }
            let payloads = Dictionary(
                zip(readable.map(\.id), try await payloads(of: readable)), uniquingKeysWith: { first, _ in first })
            return tasks.map { listed in
                switch listed.task {
                case .success(let task):
                    DeadLetter(
                        id: task.id, payload: (payloads[task.id] ?? nil) ?? [:], attempts: task.attempts,
                        lastError: task.lastError)
                case .failure(let error):
                    DeadLetter(id: listed.id, payload: [:], attempts: 0, lastError: "\(error)")
                }
            }
        }
    }

    /// Puts a dead letter back into the queue, to be tried at once, and as often as a new task.
    ///
    /// - Returns: False when there is no such dead letter.
    /// - Throws: ``TaskQueueError``; `DynamoDBError`.
    @discardableResult
    public func redrive(_ id: String) async throws -> Bool {
        guard let task = try await leases.item(key(id)).map({ try QueuedTask($0) }), let grave = task.place,
            grave.isDead
        else { return false }
        let place = TaskPlace(.waiting, clock(), id)
        let update = Update(
            tableName: leases.name, key: key(id).item, .set("place", to: place.sort),
            .set("attempts_from", to: task.record.fencingNumber)
        ).when(.attribute("place") == grave.sort)
        // False when another was faster.
        return try await leases.attempt([.update(update)] + move(id, from: grave, to: place))
    }
}
