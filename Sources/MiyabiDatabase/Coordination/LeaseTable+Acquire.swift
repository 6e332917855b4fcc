import DynamoDB

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
                // As if it had not looked: with many waiters, some reads are refused all the time.
                throttling = error
            }
            let patience = request.patience.map { $0 - start.duration(to: pacing.now()) } ?? remaining
            guard patience > .zero else {
                throw throttling ?? LeaseError(.held, "\(holder) holds \(request.key.partition)")
            }
            looks += 1
            let delay = waits.delay(
                afterAttempt: looks, isThrottling: throttling != nil, random: .random(in: 0.1...1))
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
