public import Postgres

extension Database {
    /// Works on a claimed run with heartbeats beside it, and ends it: completed with what `work` returns, or failed with
    /// what it throws. When this task is cancelled meanwhile the run is given back.
    ///
    /// - Parameter work: Is cancelled when the claim is lost.
    /// - Returns: The run, completed.
    /// - Throws: What `work` throws, once the run has failed or was given back; ``ExecutionError/claimLost(_:)`` when
    ///   another has the run, which then is left to it; `PostgresError`.
    @discardableResult
    public func work(
        on claim: ExecutionClaim, _ work: @escaping @Sendable () async throws -> PostgresJSON?
    ) async throws -> Execution {
        let result: PostgresJSON?
        do {
            result = try await heartbeats(of: claim).beside(work)
        } catch {
            if case .claimLost(claim.execution.id)? = error as? ExecutionError { throw error }
            // A task that was cancelled must tell what became of its run, too.
            let wasCancelled = Task.isCancelled
            _ = try? await Task {
                try await self.withSession(as: .service) { relations in
                    if wasCancelled {
                        try await relations.executions.giveBack(claim)
                    } else {
                        try await relations.executions.fail(claim, "\(error)")
                    }
                }
            }.value
            throw error
        }
        return try await Task {
            try await self.withSession(as: .service) { try await $0.executions.complete(claim, result: result) }
        }.value
    }

    private func heartbeats(of claim: ExecutionClaim) -> Heartbeats {
        let lost = ExecutionError.claimLost(claim.execution.id)
        return Heartbeats(duration: claim.duration, begun: claim.begun, lost: lost) {
            try await self.withSession(as: .service) { try await $0.executions.renew(claim) }
            return true
        } delay: { error, _ in
            error is PostgresError ? min(claim.duration / 15, .seconds(1)) : nil
        }
    }
}
