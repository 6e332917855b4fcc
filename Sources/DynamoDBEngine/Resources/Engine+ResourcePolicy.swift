public import DynamoDB
internal import Synchronization

/// Resource-based policies are stored and returned. Whoever serves the engine to others evaluates them.
extension Engine {
    /// Attaches a policy to a table, in place of an older one.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `PolicyNotFoundException` if the policy is not of the expected revision.
    public func putResourcePolicy(_ input: PutResourcePolicyInput) async throws -> PutResourcePolicyOutput {
        try await perform("PutResourcePolicy", input) { core in
            guard (1...Limits.policySize).contains(input.policy.utf8.count) else {
                throw DynamoDBError.invalidParameter("Policy must have 1 to \(Limits.policySize) bytes")
            }
            let table = try await core.changePolicy(of: input.resourceArn, expecting: input.expectedRevisionId) {
                record in
                guard record.definition.resourcePolicy != input.policy else { return }
                record.definition.resourcePolicy = input.policy
                record.policyRevision = newPolicyRevision(at: core.clock)
            }
            return PutResourcePolicyOutput(revisionId: table.record.policyRevision)
        }
    }

    /// Returns a table's policy.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `PolicyNotFoundException`.
    public func getResourcePolicy(_ input: GetResourcePolicyInput) async throws -> GetResourcePolicyOutput {
        try await perform("GetResourcePolicy", input) { core in
            let name = try tableName(ofPolicy: input.resourceArn)
            guard let table = core.catalogue.table(named: name) else { throw try tableNotFound(name) }
            guard let policy = table.record.definition.resourcePolicy else { throw policyNotFound(input.resourceArn) }
            return GetResourcePolicyOutput(policy: policy, revisionId: table.record.policyRevision)
        }
    }

    /// Removes a table's policy. It is no error if it has none, unless a revision is expected.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `PolicyNotFoundException` if the policy is not of the expected revision.
    public func deleteResourcePolicy(_ input: DeleteResourcePolicyInput) async throws -> DeleteResourcePolicyOutput {
        try await perform("DeleteResourcePolicy", input) { core in
            let removed = Mutex<String?>(nil)
            _ = try await core.changePolicy(of: input.resourceArn, expecting: input.expectedRevisionId) { record in
                removed.withLock { $0 = record.policyRevision }
                record.definition.resourcePolicy = nil
                record.policyRevision = nil
            }
            return DeleteResourcePolicyOutput(revisionId: removed.withLock { $0 })
        }
    }
}

/// A name for a policy's revision: milliseconds since 1970, as on AWS.
func newPolicyRevision(at clock: EngineClock) -> String {
    String(clock.present / 1000)
}

extension EngineCore {
    fileprivate func changePolicy(
        of arn: String, expecting revision: String?, _ change: @escaping @Sendable (inout TableRecord) -> Void
    ) async throws -> Table {
        let name = try tableName(ofPolicy: arn)
        let table = try await catalogue.change(name) { record throws(DynamoDBError) in
            try record.checkPolicy(isOf: revision)
            change(&record)
        }
        guard let table else { throw try tableNotFound(name) }
        try await syncCatalogue()
        return table
    }
}

extension TableRecord {
    fileprivate func checkPolicy(isOf revision: String?) throws(DynamoDBError) {
        switch (revision, policyRevision) {
        case (nil, _), ("NO_POLICY", nil): return
        case ("NO_POLICY", let current?):
            throw policyNotFound(
                "Requested policy update expecting none to be present for table \(name), but a policy exists with "
                    + "revision id \(current).")
        case (let expected?, let current):
            guard expected != current else { return }
            throw policyNotFound(
                "Requested update for policy with revision id \(expected), but the policy associated to target table "
                    + "\(name) has \(current.map { "revision id \($0)" } ?? "no policy").")
        }
    }
}

private func tableName(ofPolicy arn: String) throws(DynamoDBError) -> String {
    guard let name = TableARN.tableName(in: arn) else {
        throw .invalidParameter("Provided Arn is not a DynamoDB resource arn: \(arn)")
    }
    return name
}

private func policyNotFound(_ detail: String) -> DynamoDBError {
    DynamoDBError(
        code: .policyNotFoundException,
        message: "Resource-based policy not found for the provided ResourceArn: \(detail)")
}
