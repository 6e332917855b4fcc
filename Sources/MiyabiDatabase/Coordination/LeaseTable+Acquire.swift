import DynamoDB

extension LeaseTable {
    /// Waits until the lease is free or its holder has shown no life for the lease's duration, and takes it.
    ///
    /// - Parameter admit: Refuses, by throwing, what the lease's item says besides: no lease, no more waiting.
    /// - Throws: ``LeaseError`` with the code ``LeaseError/Code/held`` when it takes longer than the caller will wait.
    func acquire(
        _ request: LeaseRequest, admit: @Sendable (Item?) async throws -> Void = { _ in }
    ) async throws -> Lease {
        let start = pacing.now()
        var watch = LeaseWatch()
        var reads = 0
        while true {
            let item = try await item(request.key)
            try await admit(item)
            let record = try LeaseRecord(item)
            let now = pacing.now()
            let watched = watch.see(record, at: now)
            let remaining = record.holder.map { $0.duration - watched } ?? .zero
            if remaining <= .zero {
                if let lease = try await take(request, after: record) { return lease }
                continue
            }
            let patience = request.patience.map { $0 - start.duration(to: now) } ?? remaining
            guard patience > .zero else {
                throw LeaseError(.held, "\(item?["owner"]?.string ?? "another") holds \(request.key.partition)")
            }
            reads += 1
            let delay = waits.delay(afterAttempt: reads, isThrottling: false, random: .random(in: 0.1...1))
            try await pacing.sleep(min(delay, remaining, patience))
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
