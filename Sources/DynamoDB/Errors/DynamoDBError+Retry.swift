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
