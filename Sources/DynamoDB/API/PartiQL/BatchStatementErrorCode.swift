/// The kinds of failure of a statement in a BatchExecuteStatement.
public struct BatchStatementErrorCode: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `ConditionalCheckFailed`.
    public static let conditionalCheckFailed = Self(rawValue: "ConditionalCheckFailed")
    /// `ItemCollectionSizeLimitExceeded`.
    public static let itemCollectionSizeLimitExceeded = Self(rawValue: "ItemCollectionSizeLimitExceeded")
    /// `RequestLimitExceeded`.
    public static let requestLimitExceeded = Self(rawValue: "RequestLimitExceeded")
    /// `ValidationError`.
    public static let validationError = Self(rawValue: "ValidationError")
    /// `ProvisionedThroughputExceeded`.
    public static let provisionedThroughputExceeded = Self(rawValue: "ProvisionedThroughputExceeded")
    /// `TransactionConflict`.
    public static let transactionConflict = Self(rawValue: "TransactionConflict")
    /// `ThrottlingError`.
    public static let throttlingError = Self(rawValue: "ThrottlingError")
    /// `InternalServerError`.
    public static let internalServerError = Self(rawValue: "InternalServerError")
    /// `ResourceNotFound`.
    public static let resourceNotFound = Self(rawValue: "ResourceNotFound")
    /// `AccessDenied`.
    public static let accessDenied = Self(rawValue: "AccessDenied")
    /// `DuplicateItem`.
    public static let duplicateItem = Self(rawValue: "DuplicateItem")
}
