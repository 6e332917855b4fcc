import AWSCore

/// The one error that every operation throws.
///
/// Source: AWS, "Error handling with DynamoDB" in the Amazon DynamoDB developer guide.
public struct DynamoDBError: Error, Sendable {
    /// Keeps the error one word wide, so that typed throws cost nothing where nothing is thrown.
    private final class Storage: Sendable {
        let code: Code
        let message: String
        let httpStatus: Int
        let operation: String?
        let table: String?
        let requestID: String?
        let item: Item?
        let cancellationReasons: [CancellationReason]

        init(
            code: Code, message: String, httpStatus: Int, operation: String?, table: String?, requestID: String?,
            item: Item?, cancellationReasons: [CancellationReason]
        ) {
            self.code = code
            self.message = message
            self.httpStatus = httpStatus
            self.operation = operation
            self.table = table
            self.requestID = requestID
            self.item = item
            self.cancellationReasons = cancellationReasons
        }
    }

    private let storage: Storage

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What went wrong.
    ///   - message: The same in a sentence, in AWS's words where AWS has some.
    ///   - httpStatus: The status of the HTTP response; nil for the code's own.
    ///   - operation: The operation, such as `PutItem`.
    ///   - table: The table's name.
    ///   - requestID: The server's name for the request.
    ///   - item: The stored item, for a failed condition that asked for it.
    ///   - cancellationReasons: For a cancelled transaction, one for each of its actions.
    public init(
        code: Code, message: String, httpStatus: Int? = nil, operation: String? = nil, table: String? = nil,
        requestID: String? = nil, item: Item? = nil, cancellationReasons: [CancellationReason] = []
    ) {
        storage = Storage(
            code: code, message: message, httpStatus: httpStatus ?? code.httpStatus, operation: operation, table: table,
            requestID: requestID, item: item, cancellationReasons: cancellationReasons)
    }

    /// What went wrong.
    public var code: Code { storage.code }
    /// The same in a sentence.
    public var message: String { storage.message }
    /// The status of the HTTP response: 400 to 599; 0 when there was no response.
    public var httpStatus: Int { storage.httpStatus }
    /// The operation, such as `PutItem`, when known.
    public var operation: String? { storage.operation }
    /// The table's name, when the operation concerns one.
    public var table: String? { storage.table }
    /// The server's name for the request, for AWS's support.
    public var requestID: String? { storage.requestID }
    /// The stored item that failed a condition, when the request asked for it.
    public var item: Item? { storage.item }
    /// For a cancelled transaction, one for each of its actions, in their order; otherwise empty.
    public var cancellationReasons: [CancellationReason] { storage.cancellationReasons }

    /// The same error, telling where it happened; what it tells already is kept.
    public func at(operation: String?, table: String? = nil, requestID: String? = nil) -> DynamoDBError {
        DynamoDBError(
            code: code, message: message, httpStatus: httpStatus, operation: self.operation ?? operation,
            table: self.table ?? table, requestID: self.requestID ?? requestID, item: item,
            cancellationReasons: cancellationReasons)
    }

    /// A fault of the credentials or of the client's configuration.
    init(_ error: AWSError) {
        let code: Code =
            switch error.code {
            case .credentialsUnavailable: .credentialsUnavailable
            case .credentialsRefused: .credentialsRefused
            case .invalidConfiguration: .invalidConfiguration
            }
        self.init(code: code, message: error.message)
    }

    /// A parameter that breaks a rule, in AWS's words.
    public static func validation(_ message: String) -> DynamoDBError {
        DynamoDBError(code: .validationException, message: message)
    }
}

extension DynamoDBError: CustomStringConvertible {
    /// Code, message, operation, table and request ID. Items are left out: they are the user's data.
    public var description: String {
        var text = "\(code.rawValue): \(message)"
        var context: [String] = []
        if let operation { context.append(table.map { "\(operation) on \($0)" } ?? operation) }
        if operation == nil, let table { context.append("on \(table)") }
        if let requestID { context.append("request \(requestID)") }
        if !context.isEmpty { text += " (\(context.joined(separator: ", ")))" }
        for (index, reason) in cancellationReasons.enumerated() where reason.code != nil && reason.code != "None" {
            text += "; action \(index): \(reason.code ?? "")" + (reason.message.map { ": \($0)" } ?? "")
        }
        return text
    }
}

extension DynamoDBError {
    /// Whether the server asks to slow down: waiting longer than after other faults is right.
    public var isThrottling: Bool {
        switch code {
        case .provisionedThroughputExceededException, .throttlingException, .requestLimitExceeded,
            .limitExceededException:
            true
        default: httpStatus == 429
        }
    }

    /// Whether the same request may succeed when sent again.
    ///
    /// A condition that failed or a transaction that was cancelled is not: only the caller knows whether the request
    /// still makes sense.
    public var isRetryable: Bool {
        if isThrottling { return true }
        switch code {
        case .internalServerError, .serviceUnavailable, .transactionInProgressException, .connectionFailed,
            .requestTimeout, .replicatedWriteConflictException:
            return true
        case .invalidResponse, .credentialsUnavailable, .credentialsRefused, .invalidConfiguration, .unprocessedItems:
            return false
        default:
            return httpStatus >= 500
        }
    }
}

extension DynamoDBError.Code {
    /// The HTTP status that DynamoDB sends with the code; 0 for faults that this library finds.
    public var httpStatus: Int {
        switch self {
        case .internalServerError: 500
        case .serviceUnavailable: 503
        case .connectionFailed, .requestTimeout, .invalidResponse, .credentialsUnavailable, .credentialsRefused,
            .invalidConfiguration, .unprocessedItems:
            0
        default: 400
        }
    }
}

/// Why one action of a cancelled transaction failed, or that it did not.
public struct CancellationReason: Sendable, Hashable {
    /// The stored item, when the action asked for it.
    public var item: Item?
    /// The code; `None` for an action without fault.
    public var code: String?
    /// What was wrong; nil for an action without fault.
    public var message: String?

    /// Makes a reason.
    public init(item: Item? = nil, code: String? = nil, message: String? = nil) {
        self.item = item
        self.code = code
        self.message = message
    }
}
