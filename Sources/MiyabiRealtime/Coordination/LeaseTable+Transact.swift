package import DynamoDB

extension LeaseTable {
    /// Carries out writes, all or none, if the lease is held.
    ///
    /// - Parameters:
    ///   - first: An action on the lease's item, under a condition that includes `lease.isHeld` and returns the item.
    ///   - others: At most 99 more.
    /// - Throws: ``LeaseLost``; `DynamoDBError` when another condition failed.
    func transact(_ lease: Lease, _ first: TransactWriteItem, _ others: [TransactWriteItem]) async throws {
        do {
            _ = try await repeating {
                try await dynamoDB.transactWriteItems(TransactWriteItemsInput(transactItems: [first] + others))
            }
        } catch let error as DynamoDBError where error.failedConditions.first == true {
            guard try LeaseRecord(error.cancellationReasons.first?.item).isHeld(by: lease) else {
                throw LeaseLost(lease)
            }
            throw error
        }
    }

    /// Changes a lease's item and carries out writes, all or none, if the lease is held.
    ///
    /// - Parameters:
    ///   - changes: Of the item; at least one.
    ///   - condition: What must be true of the item besides.
    ///   - writes: At most 99.
    /// - Throws: ``LeaseLost``; `DynamoDBError` when another condition failed.
    func update(
        _ lease: Lease, _ changes: [ItemChange], when condition: ConditionExpression? = nil,
        with writes: [TransactWriteItem] = []
    ) async throws {
        var update = Update(tableName: name, key: lease.key.item, changes: changes)
            .when(condition.map { lease.isHeld && $0 } ?? lease.isHeld)
        update.returnValuesOnConditionCheckFailure = .allOld
        try await transact(lease, .update(update), writes)
    }

    /// Carries out writes, all or none.
    ///
    /// - Returns: False, and nothing changed, when the first one's condition is false.
    func attempt(_ writes: [TransactWriteItem]) async throws -> Bool {
        do {
            _ = try await repeating {
                try await dynamoDB.transactWriteItems(TransactWriteItemsInput(transactItems: writes))
            }
            return true
        } catch let error as DynamoDBError where error.failedConditions.first == true {
            return false
        }
    }

    /// Repeats a request as long as it meets other transactions on the same items or is throttled, up to ten times.
    ///
    /// A report and a heartbeat of one holder are two such writes.
    ///
    /// - Parameter time: For how long it is repeated even more often.
    func repeating<Output>(
        forAtLeast time: Duration = .zero, _ write: () async throws -> Output
    ) async throws -> Output {
        let end = pacing.now() + time
        var attempt = 1
        while true {
            do { return try await write() } catch let error as DynamoDBError
                where (error.isConflict || error.isThrottling)
                && (attempt < waits.maximumAttempts || pacing.now() < end)
            {
                try await pacing.sleep(
                    waits.delay(
                        afterAttempt: attempt, isThrottling: error.isThrottling, random: .random(in: 0...1)))
                attempt += 1
            }
        }
    }
}

extension DynamoDBError {
    /// For each action of a cancelled transaction, whether its condition was false.
    var failedConditions: [Bool] {
        cancellationReasons.map { $0.code == "ConditionalCheckFailed" }
    }

    /// Whether the write was refused only because of others at the same moment.
    ///
    /// Source: AWS, "TransactWriteItems" in the Amazon DynamoDB API reference, on cancellation reasons.
    package var isConflict: Bool {
        if code == .transactionConflictException { return true }
        let passing: Set<String> = ["None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]
        return code == .transactionCanceledException && !cancellationReasons.isEmpty
            && cancellationReasons.allSatisfy { passing.contains($0.code ?? "None") }
    }
}
