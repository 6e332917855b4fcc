import DynamoDB

extension DynamoDBError {
    /// A transaction was not carried out.
    ///
    /// - Parameter reasons: one for each action, in order.
    static func transactionCancelled(_ reasons: [CancellationReason]) -> DynamoDBError {
        let codes = reasons.map { $0.code ?? "None" }.joined(separator: ", ")
        return DynamoDBError(
            code: .transactionCanceledException,
            message: "Transaction cancelled, please refer cancellation reasons for specific reasons [\(codes)]",
            cancellationReasons: reasons)
    }

    static let readTransactionTooLarge = validation("The aggregate size of the items in the transaction exceeds 4 MB")

    static let repeatedTransactionItem = validation(
        "Transaction request cannot include multiple operations on one item")
}

extension CancellationReason {
    /// The action itself could have been carried out.
    static let none = CancellationReason(code: "None")

    static func conditionalCheckFailed(_ item: Item?) -> CancellationReason {
        CancellationReason(item: item, code: "ConditionalCheckFailed", message: "The conditional request failed")
    }

    /// The reason that an error gives; nil for one that is no reason of a single action.
    fileprivate init?(_ error: DynamoDBError) {
        switch error.code {
        case .validationException: self.init(code: "ValidationError", message: error.message)
        case .provisionedThroughputExceededException:
            self.init(code: "ProvisionedThroughputExceeded", message: error.message)
        case .throttlingException: self.init(code: "ThrottlingError", message: error.message)
        default: return nil
        }
    }

    /// What `body` gives for an action; nil with the reason, if what it refuses can only be told with the table or item.
    static func collect<Result>(
        into reasons: inout [CancellationReason], _ body: () throws -> Result
    ) throws -> Result? {
        do {
            let result = try body()
            reasons.append(.none)
            return result
        } catch let error as DynamoDBError {
            guard let reason = CancellationReason(error) else { throw error }
            reasons.append(reason)
            return nil
        }
    }
}

extension [CancellationReason] {
    var isCancelling: Bool { contains { $0.code != CancellationReason.none.code } }
}

/// Transactions consume twice the units of tables that the same operations consume alone: once to prepare, once to commit.
/// Entries of indexes are written once.
let transactionCapacityFactor = 2.0

extension WriteTransaction.Outcome {
    /// What the transaction consumed, in the detail asked for.
    func consumedCapacity(_ detail: ReturnConsumedCapacity?) -> [ConsumedCapacity]? {
        var capacity = CapacityTotals()
        guard !isRepeated else {
            for (table, effect) in effects {
                capacity.add(readUnits(effect.oldSize ?? 0, consistent: true) * transactionCapacityFactor, to: table)
            }
            return capacity.consumed(detail)?.map(\.asReads)
        }
        for (table, effect) in effects { capacity.add(effect, to: table, factor: transactionCapacityFactor) }
        return capacity.consumed(detail)?.map(\.asWrites)
    }
}

extension ReadTransaction.Outcome {
    /// What the transaction consumed, in the detail asked for.
    func consumedCapacity(_ detail: ReturnConsumedCapacity?) -> [ConsumedCapacity]? {
        var capacity = CapacityTotals()
        for (table, size) in sizes {
            capacity.add(readUnits(size, consistent: true) * transactionCapacityFactor, to: table)
        }
        return capacity.consumed(detail)?.map(\.asReads)
    }
}

extension ConsumedCapacity {
    /// The same, telling that it was consumed by reads; transactions tell.
    fileprivate var asReads: ConsumedCapacity {
        var result = self
        result.readCapacityUnits = capacityUnits
        result.table?.readCapacityUnits = table?.capacityUnits
        return result
    }

    /// The same, telling that it was consumed by writes.
    fileprivate var asWrites: ConsumedCapacity {
        func asWrites(_ capacity: Capacity) -> Capacity {
            Capacity(writeCapacityUnits: capacity.capacityUnits, capacityUnits: capacity.capacityUnits)
        }
        var result = self
        result.writeCapacityUnits = capacityUnits
        result.table = table.map(asWrites)
        result.localSecondaryIndexes = localSecondaryIndexes?.mapValues(asWrites)
        result.globalSecondaryIndexes = globalSecondaryIndexes?.mapValues(asWrites)
        return result
    }
}
