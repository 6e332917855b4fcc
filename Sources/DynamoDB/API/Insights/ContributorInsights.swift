/// Tells whether CloudWatch Contributor Insights counts the keys of a table or an index.
///
/// Source: AWS, "DescribeContributorInsights" in the Amazon DynamoDB API reference.
public struct DescribeContributorInsightsInput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String
    /// The index's name.
    public var indexName: String?

    private init() { self = .unread }
}

/// What DescribeContributorInsights returns.
public struct DescribeContributorInsightsOutput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String?
    /// The index's name.
    public var indexName: String?
    /// Names of the CloudWatch rules that count.
    public var contributorInsightsRuleList: [String]?
    /// Whether keys are counted.
    public var contributorInsightsStatus: ContributorInsightsStatus?
    /// When the status changed last, in seconds since 1970.
    public var lastUpdateDateTime: Double?
    /// Why the last change failed.
    public var failureException: FailureException?
    /// Which keys are counted.
    public var contributorInsightsMode: ContributorInsightsMode?

    private init() { self = .unread }
}

/// A state of CloudWatch Contributor Insights.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct ContributorInsightsStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `ENABLING`.
    public static let enabling = ContributorInsightsStatus(rawValue: "ENABLING")
    /// `ENABLED`.
    public static let enabled = ContributorInsightsStatus(rawValue: "ENABLED")
    /// `DISABLING`.
    public static let disabling = ContributorInsightsStatus(rawValue: "DISABLING")
    /// `DISABLED`.
    public static let disabled = ContributorInsightsStatus(rawValue: "DISABLED")
    /// `FAILED`.
    public static let failed = ContributorInsightsStatus(rawValue: "FAILED")
}

/// Why Contributor Insights could not be turned on or off.
public struct FailureException: Sendable, Hashable, JSONObject {
    /// The error's name.
    public var exceptionName: String?
    /// The error in words.
    public var exceptionDescription: String?

    private init() { self = .unread }
}

/// Which keys Contributor Insights counts.
public enum ContributorInsightsMode: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `ACCESSED_AND_THROTTLED_KEYS`.
    case accessedAndThrottledKeys = "ACCESSED_AND_THROTTLED_KEYS"
    /// `THROTTLED_KEYS`.
    case throttledKeys = "THROTTLED_KEYS"
}

/// Turns CloudWatch Contributor Insights on or off for a table or an index.
///
/// Source: AWS, "UpdateContributorInsights" in the Amazon DynamoDB API reference.
public struct UpdateContributorInsightsInput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String
    /// On or off.
    public var contributorInsightsAction: ContributorInsightsAction
    /// The index's name.
    public var indexName: String?
    /// Which keys are counted.
    public var contributorInsightsMode: ContributorInsightsMode?

    private init() { self = .unread }
}

/// Whether Contributor Insights is turned on or off.
public enum ContributorInsightsAction: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `ENABLE`.
    case enable = "ENABLE"
    /// `DISABLE`.
    case disable = "DISABLE"
}

/// What UpdateContributorInsights returns.
public struct UpdateContributorInsightsOutput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String?
    /// The index's name.
    public var indexName: String?
    /// Whether keys are counted.
    public var contributorInsightsStatus: ContributorInsightsStatus?
    /// Which keys are counted.
    public var contributorInsightsMode: ContributorInsightsMode?

    private init() { self = .unread }
}

/// Lists the tables and indexes whose keys Contributor Insights counts, page by page.
///
/// Source: AWS, "ListContributorInsights" in the Amazon DynamoDB API reference.
public struct ListContributorInsightsInput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String?
    /// Where the next page begins; nil at the end.
    public var nextToken: String?
    /// The most entries of a page.
    public var maxResults: Int?

    private init() { self = .unread }
}

/// What ListContributorInsights returns.
public struct ListContributorInsightsOutput: Sendable, Hashable, JSONObject {
    /// The tables and indexes whose keys are counted.
    public var contributorInsightsSummaries: [ContributorInsightsSummary]?
    /// Where the next page begins; nil at the end.
    public var nextToken: String?

    private init() { self = .unread }
}

/// A table or index whose keys are counted.
public struct ContributorInsightsSummary: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String?
    /// The index's name.
    public var indexName: String?
    /// Whether keys are counted.
    public var contributorInsightsStatus: ContributorInsightsStatus?
    /// Which keys are counted.
    public var contributorInsightsMode: ContributorInsightsMode?

    private init() { self = .unread }
}
