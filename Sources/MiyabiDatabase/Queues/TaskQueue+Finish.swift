import DynamoDB

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
