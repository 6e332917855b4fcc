import AWSCore
import DynamoDB

/// The leases in MiyabiAgentState, whatever they are on: agents and locks are held in one way.
///
/// A lease is an item with `fencing`, which only grows, `heartbeats`, which changes as long as the holder lives, and,
/// while it is held, `owner`, `lease_id` and `lease_ms`. It stays when the lease is given back, so that no fencing
/// number comes twice.
struct LeaseTable: Sendable {
    let dynamoDB: any DynamoDBAPI
    let pacing: Pacing
    let name = MiyabiTables.agentState.tableName

    /// The waits between reads of a lease that another holds, and before a write is repeated.
    let waits = RetryPolicy(maximumAttempts: 10, base: .milliseconds(10), maximum: .seconds(1))

    /// The item of a lease, as it is now; or, at half the cost, as it was lately.
    func item(_ key: LeaseKey, isCurrent: Bool = true) async throws -> Item? {
        try await dynamoDB.getItem(GetItemInput(tableName: name, key: key.item, consistentRead: isCurrent)).item
    }

    /// Shows that the holder lives.
    ///
    /// - Returns: False when the holder itself has given the lease back.
    /// - Throws: ``LeaseLost``.
    func renew(_ lease: Lease) async throws -> Bool {
        try await change(
            lease, UpdateItemInput(tableName: name, key: lease.key.item, .add("heartbeats", 1)))
    }

    /// Shows that the holder lives, and still wants the lease.
    ///
    /// - Throws: ``LeaseLost``, also when the holder itself has given the lease back.
    func heartbeat(_ lease: Lease) async throws {
        guard try await renew(lease) else { throw LeaseLost(lease) }
    }

    /// What takes the holder off a lease's item.
    static let releasing: [ItemChange] = [.remove("owner"), .remove("lease_id"), .remove("lease_ms")]

    /// Gives the lease back. Without effect when its holder did so before. A table that throttles is asked until the lease has
    /// expired.
    ///
    /// - Throws: ``LeaseLost`` when another has it, or had.
    func release(_ lease: Lease) async throws {
        _ = try await change(
            lease, UpdateItemInput(tableName: name, key: lease.key.item, changes: LeaseTable.releasing),
            repeatingFor: lease.duration)
    }

    private func change(
        _ lease: Lease, _ update: UpdateItemInput, repeatingFor time: Duration = .zero
    ) async throws -> Bool {
        var update = update.when(lease.isHeld)
        update.returnValuesOnConditionCheckFailure = .allOld
        do {
            _ = try await repeating(forAtLeast: time) { [update] in try await dynamoDB.updateItem(update) }
            return true
        } catch let error as DynamoDBError where error.code == .conditionalCheckFailedException {
            guard try LeaseRecord(error.item).wasReleased(by: lease) else { throw LeaseLost(lease) }
            return false
        }
    }
}

extension LeaseTable {
    /// Waits until the lease is free or its holder has shown no life for the lease's duration, and takes it.
    ///
    /// - Parameter admit: Refuses, by throwing, what the lease's item says besides: no lease, no more waiting.
    /// - Throws: ``LeaseError`` with the code ``LeaseError/Code/held`` when it takes longer than the caller will wait;
    ///   `DynamoDBError` for throttling only when that is so and nothing could be read.
    func acquire(
        _ request: LeaseRequest, admit: @Sendable (Item?) async throws -> Void = { _ in }
    ) async throws -> Lease {
        let start = pacing.now()
        var watch = LeaseWatch()
        var looks = 0
        // Who waits may read what was true lately: that makes it wait longer, never take what is held, since taking
        // checks the item as it is now.
        var isCurrent = true
        while true {
            var holder = "another"
            var remaining = request.duration
            var throttling: DynamoDBError?
            do {
                let item = try await item(request.key, isCurrent: isCurrent)
                try await admit(item)
                let record = try LeaseRecord(item)
                holder = item?["owner"]?.string ?? holder
                let watched = watch.see(record, at: pacing.now())
                remaining = record.holder.map { $0.duration - watched } ?? .zero
                if remaining <= .zero {
                    if let lease = try await take(request, after: record) { return lease }
                    // Another was faster, or what was read was old.
                    isCurrent = true
                    continue
                }
                isCurrent = false
            } catch let error as DynamoDBError where error.isThrottling {
                // As if it had not looked: with many waiters, some reads and some attempts to take a free lease are
                // refused all the time.
                throttling = error
            }
            let patience = request.patience.map { $0 - start.duration(to: pacing.now()) }
            if let patience, patience <= .zero {
                throw throttling ?? LeaseError(.held, "\(holder) holds \(request.key.partition)")
            }
            looks += 1
            let delay = waits.delay(
                afterAttempt: looks, isThrottling: throttling != nil, random: .random(in: 0.1...1))
            let longest = remaining > .zero ? min(delay, remaining) : delay
            try await pacing.sleep(patience.map { min($0, longest) } ?? longest)
        }
    }

    /// Takes a lease that is still as it was read; nil when it is not.
    func take(_ request: LeaseRequest, after record: LeaseRecord) async throws -> Lease? {
        let lease = Lease(
            owner: request.owner, fencingNumber: record.fencingNumber + 1, duration: request.duration,
            key: request.key, id: ULIDGenerator.shared.next().description, begun: pacing.now())
        var update = UpdateItemInput(
            tableName: name, key: request.key.item, .set("owner", to: lease.owner), .set("lease_id", to: lease.id),
            .set("lease_ms", to: Int(lease.duration / .milliseconds(1))), .set("fencing", to: lease.fencingNumber),
            .set("heartbeats", to: 0)
        ).when(record.isUnchanged)
        update.returnValuesOnConditionCheckFailure = .allOld
        do {
            _ = try await repeating { [update] in try await dynamoDB.updateItem(update) }
            return lease
        } catch let error as DynamoDBError where error.code == .conditionalCheckFailedException {
            // The client sends again when an answer is lost: then the lease is ours already.
            return try LeaseRecord(error.item).isHeld(by: lease) ? lease : nil
        }
    }
}

extension LeaseTable {
    /// Runs some work with heartbeats beside it, and gives the lease back after it.
    ///
    /// - Throws: ``LeaseLost`` when another took the lease or it could not be renewed in time; the work was cancelled,
    ///   and has ended. What the work throws.
    func hold<Value: Sendable>(
        _ lease: Lease, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let value: Value
        do {
            value = try await heartbeats(of: lease).beside(work)
        } catch let lost as LeaseLost where lost.lease == lease {
            throw lost
        } catch {
            // The work's error tells more than that of giving back would: then the lease expires.
            try? await releaseUncancelled(lease)
            throw error
        }
        try await releaseUncancelled(lease)
        return value
    }

    private func heartbeats(of lease: Lease) -> Heartbeats {
        Heartbeats(duration: lease.duration, begun: lease.begun, pacing: pacing, lost: LeaseLost(lease)) {
            try await renew(lease)
        } delay: { error, attempt in
            (error as? DynamoDBError).map {
                waits.delay(afterAttempt: attempt, isThrottling: $0.isThrottling, random: .random(in: 0...1))
            }
        }
    }

    /// A task that was cancelled must give its lease back too.
    private func releaseUncancelled(_ lease: Lease) async throws {
        try await Task { try await release(lease) }.value
    }
}
