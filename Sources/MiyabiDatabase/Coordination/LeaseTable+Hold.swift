import DynamoDB

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
            value = try await withHeartbeats(lease, work)
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

    private func withHeartbeats<Value: Sendable>(
        _ lease: Lease, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                try await keepAlive(lease)
                return nil
            }
            for try await case let value? in group { return value }
            throw CancellationError()
        }
    }

    /// Sends a heartbeat every third of the lease's duration, until the work itself has given the lease back.
    private func keepAlive(_ lease: Lease) async throws {
        let interval = lease.duration / 3
        var begun = lease.begun
        repeat {
            try await pacing.sleep(max(.zero, begun + interval - pacing.now()))
            begun = pacing.now()
        } while try await renew(lease, within: lease.duration - interval)
    }

    /// Renews, as often as it takes to get an answer. Without one in time the lease counts as lost: another may have it.
    private func renew(_ lease: Lease, within limit: Duration) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await pacing.sleep(limit)
                throw LeaseLost(lease)
            }
            group.addTask {
                var attempts = 0
                while true {
                    do { return try await renew(lease) } catch let error as DynamoDBError {
                        attempts += 1
                        try await pacing.sleep(
                            waits.delay(
                                afterAttempt: attempts, isThrottling: error.isThrottling, random: .random(in: 0...1)))
                    }
                }
            }
            return try await group.next() ?? false
        }
    }

    /// A task that was cancelled must give its lease back too.
    private func releaseUncancelled(_ lease: Lease) async throws {
        try await Task { try await release(lease) }.value
    }
}
