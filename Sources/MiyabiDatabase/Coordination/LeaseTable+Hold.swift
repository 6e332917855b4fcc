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
