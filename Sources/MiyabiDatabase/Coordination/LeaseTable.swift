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

    /// Gives the lease back. Without effect when its holder did so before.
    ///
    /// - Throws: ``LeaseLost`` when another has it, or had.
    func release(_ lease: Lease) async throws {
        _ = try await change(
            lease, UpdateItemInput(tableName: name, key: lease.key.item, changes: LeaseTable.releasing))
    }

    private func change(_ lease: Lease, _ update: UpdateItemInput) async throws -> Bool {
        var update = update.when(lease.isHeld)
        update.returnValuesOnConditionCheckFailure = .allOld
        do {
            _ = try await repeating { [update] in try await dynamoDB.updateItem(update) }
            return true
        } catch let error as DynamoDBError where error.code == .conditionalCheckFailedException {
            guard try LeaseRecord(error.item).wasReleased(by: lease) else { throw LeaseLost(lease) }
            return false
        }
    }
}
