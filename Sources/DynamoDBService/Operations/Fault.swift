internal import DynamoDB

/// A failure on purpose of one request.
///
/// The messages are AWS's.
enum Fault: Sendable, Hashable {
    /// The request is not carried out, for want of throughput.
    case throttle
    /// The request is not carried out, because of a transaction.
    case conflict
    /// The transaction is not carried out, because of another one; the number chooses one of its items.
    case cancellation(UInt64)
    /// The server fails before the request is carried out.
    case internalBefore
    /// The server fails when the request has been carried out.
    case internalAfter

    /// The error to give instead of carrying out a request; nil if it shall be carried out.
    func error(beforeCarryingOut input: Any) -> DynamoDBError? {
        switch self {
        case .throttle:
            return DynamoDBError(
                code: .provisionedThroughputExceededException,
                message: "The level of configured provisioned throughput for the table was exceeded. Consider "
                    + "increasing your provisioning level with the UpdateTable API.")
        case .conflict:
            return DynamoDBError(
                code: .transactionConflictException, message: "Transaction is ongoing for the item")
        case .cancellation(let number):
            guard let count = (input as? any Transaction)?.itemCount, count > 0 else { return nil }
            var reasons = [CancellationReason](repeating: CancellationReason(code: "None"), count: count)
            reasons[Int(number % UInt64(count))] = CancellationReason(
                code: "TransactionConflict", message: "Transaction is ongoing for the item")
            let codes = reasons.map { $0.code ?? "None" }.joined(separator: ", ")
            return DynamoDBError(
                code: .transactionCanceledException,
                message:
                    "Transaction cancelled, please refer cancellation reasons for specific reasons [\(codes)]",
                cancellationReasons: reasons)
        case .internalBefore: return .internalServerError
        case .internalAfter: return nil
        }
    }

    /// The error to give although the request was carried out.
    var errorAfterwards: DynamoDBError? {
        self == .internalAfter ? .internalServerError : nil
    }

    /// What the log calls it.
    var name: String {
        switch self {
        case .throttle: "throttle"
        case .conflict, .cancellation: "conflict"
        case .internalBefore: "internal, not carried out"
        case .internalAfter: "internal, carried out"
        }
    }
}

extension DynamoDBError {
    static let internalServerError = DynamoDBError(code: .internalServerError, message: "Internal server error")
}

/// A request whose items succeed or fail together.
private protocol Transaction {
    var itemCount: Int { get }
}

extension TransactWriteItemsInput: Transaction {
    fileprivate var itemCount: Int { transactItems.count }
}

extension TransactGetItemsInput: Transaction {
    fileprivate var itemCount: Int { transactItems.count }
}

extension ExecuteTransactionInput: Transaction {
    fileprivate var itemCount: Int { transactStatements.count }
}
