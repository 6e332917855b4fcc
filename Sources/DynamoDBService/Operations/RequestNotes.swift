internal import DynamoDB

/// What a request turned out to be about, for the figures: written while it is carried out, read when it is answered.
final class RequestNotes: @unchecked Sendable {
    // One request is carried out by one task after the other, and its end happens before it is answered.
    var table = ""
    var outcome = RequestOutcome.success
}

/// How a request ended, as AWS's metrics tell its ends apart.
enum RequestOutcome: Sendable {
    case success
    /// Refused for want of throughput: `ThrottledRequests`.
    case throttled
    /// A condition was not met or a transaction cancelled: no error of the user's.
    case conditionFailed
    /// `UserErrors`: any other status from 400 on.
    case userError
    /// `SystemErrors`: a status from 500 on.
    case systemError

    init(_ error: DynamoDBError) {
        switch error.code {
        case .provisionedThroughputExceededException, .throttlingException, .requestLimitExceeded: self = .throttled
        case .conditionalCheckFailedException, .transactionCanceledException, .transactionConflictException:
            self = .conditionFailed
        default: self = error.httpStatus >= 500 || error.httpStatus == 0 ? .systemError : .userError
        }
    }
}
