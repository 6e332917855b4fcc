extension DynamoDBError {
    /// What went wrong: the name of AWS's exception, or of a fault of this library.
    ///
    /// A server may answer with a code that is not listed here; it is kept as it came.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The exception's name, without the service's prefix.
        public let rawValue: String

        /// Wraps an exception's name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The exception's name.
        public var description: String { rawValue }
    }
}

// MARK: - The request is at fault
extension DynamoDBError.Code {
    /// A parameter breaks a rule.
    public static let validationException = Self(rawValue: "ValidationException")
    /// The body is not JSON, or a member has the wrong JSON type.
    public static let serializationException = Self(rawValue: "SerializationException")
    /// No such operation.
    public static let unknownOperationException = Self(rawValue: "UnknownOperationException")
    /// The table, index, stream or backup does not exist, or not yet.
    public static let resourceNotFoundException = Self(rawValue: "ResourceNotFoundException")
    /// The table exists already, or is being changed.
    public static let resourceInUseException = Self(rawValue: "ResourceInUseException")
    /// The table of that name does not exist.
    public static let tableNotFoundException = Self(rawValue: "TableNotFoundException")
    /// The table exists already.
    public static let tableAlreadyExistsException = Self(rawValue: "TableAlreadyExistsException")
    /// A table of that name is being created or deleted.
    public static let tableInUseException = Self(rawValue: "TableInUseException")
    /// The index does not exist.
    public static let indexNotFoundException = Self(rawValue: "IndexNotFoundException")
    /// Too many tables or indexes, or too many being changed at once.
    public static let limitExceededException = Self(rawValue: "LimitExceededException")
    /// The table has no resource-based policy, or none of the revision.
    public static let policyNotFoundException = Self(rawValue: "PolicyNotFoundException")
    /// The item does not meet the write's condition.
    public static let conditionalCheckFailedException = Self(rawValue: "ConditionalCheckFailedException")
    /// A PartiQL insert met an item of the same key.
    public static let duplicateItemException = Self(rawValue: "DuplicateItemException")
    /// The items of one partition key outgrew 10 GB, in a table with a local secondary index.
    public static let itemCollectionSizeLimitExceededException = Self(
        rawValue: "ItemCollectionSizeLimitExceededException")
    /// The transaction was cancelled; see `cancellationReasons`.
    public static let transactionCanceledException = Self(rawValue: "TransactionCanceledException")
    /// The item is part of another transaction.
    public static let transactionConflictException = Self(rawValue: "TransactionConflictException")
    /// A transaction with this token is still running.
    public static let transactionInProgressException = Self(rawValue: "TransactionInProgressException")
    /// The token was used before with other parameters.
    public static let idempotentParameterMismatchException = Self(rawValue: "IdempotentParameterMismatchException")
    /// Another region is changing the item.
    public static let replicatedWriteConflictException = Self(rawValue: "ReplicatedWriteConflictException")
    /// A stream's iterator is older than fifteen minutes.
    public static let expiredIteratorException = Self(rawValue: "ExpiredIteratorException")
    /// The stream's records were trimmed: they were older than 24 hours.
    public static let trimmedDataAccessException = Self(rawValue: "TrimmedDataAccessException")
    /// The backup does not exist.
    public static let backupNotFoundException = Self(rawValue: "BackupNotFoundException")
    /// The backup is being made, deleted or restored.
    public static let backupInUseException = Self(rawValue: "BackupInUseException")
    /// Continuous backups are not on.
    public static let continuousBackupsUnavailableException = Self(rawValue: "ContinuousBackupsUnavailableException")
    /// Point-in-time recovery is not on.
    public static let pointInTimeRecoveryUnavailableException = Self(
        rawValue: "PointInTimeRecoveryUnavailableException")
    /// The export does not exist.
    public static let exportNotFoundException = Self(rawValue: "ExportNotFoundException")
    /// The import does not exist.
    public static let importNotFoundException = Self(rawValue: "ImportNotFoundException")
    /// The global table of the older version does not exist.
    public static let globalTableNotFoundException = Self(rawValue: "GlobalTableNotFoundException")
    /// The moment to restore is outside the recoverable window.
    public static let invalidRestoreTimeException = Self(rawValue: "InvalidRestoreTimeException")
}

// MARK: - Who asks is at fault
extension DynamoDBError.Code {
    /// The caller may not do this.
    public static let accessDeniedException = Self(rawValue: "AccessDeniedException")
    /// The request is not signed.
    public static let missingAuthenticationTokenException = Self(rawValue: "MissingAuthenticationTokenException")
    /// The signature is not in the form asked for.
    public static let incompleteSignatureException = Self(rawValue: "IncompleteSignatureException")
    /// The signature is wrong, or the caller's clock is.
    public static let invalidSignatureException = Self(rawValue: "InvalidSignatureException")
    /// The access key or the session token is unknown.
    public static let unrecognizedClientException = Self(rawValue: "UnrecognizedClientException")
    /// The session token has expired.
    public static let expiredTokenException = Self(rawValue: "ExpiredTokenException")
}

// MARK: - The server is at fault, or busy
extension DynamoDBError.Code {
    /// The table's or the index's capacity is used up.
    public static let provisionedThroughputExceededException = Self(
        rawValue: "ProvisionedThroughputExceededException")
    /// Too many requests of this kind.
    public static let throttlingException = Self(rawValue: "ThrottlingException")
    /// The account's capacity is used up.
    public static let requestLimitExceeded = Self(rawValue: "RequestLimitExceeded")
    /// The server failed.
    public static let internalServerError = Self(rawValue: "InternalServerError")
    /// The server cannot answer now.
    public static let serviceUnavailable = Self(rawValue: "ServiceUnavailable")
}

// MARK: - Faults found by this library
extension DynamoDBError.Code {
    /// The server could not be reached, or the connection broke.
    public static let connectionFailed = Self(rawValue: "ConnectionFailed")
    /// The server did not answer in time.
    public static let requestTimeout = Self(rawValue: "RequestTimeout")
    /// The answer is not what DynamoDB sends.
    public static let invalidResponse = Self(rawValue: "InvalidResponse")
    /// A source of credentials that is set up gave none.
    public static let credentialsRefused = Self(rawValue: "CredentialsRefused")
    /// No credentials were found where they were looked for.
    public static let credentialsUnavailable = Self(rawValue: "CredentialsUnavailable")
    /// The client's configuration is wrong.
    public static let invalidConfiguration = Self(rawValue: "InvalidConfiguration")
    /// The request would have gone to another host in clear. Nothing was sent.
    public static let plaintextRefused = Self(rawValue: "PlaintextRefused")
    /// A batch was sent as often as allowed and part of it was still not carried out.
    public static let unprocessedItems = Self(rawValue: "UnprocessedItems")
}
