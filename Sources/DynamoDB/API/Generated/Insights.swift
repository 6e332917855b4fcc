// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension ContributorInsightsAction {
    package static var namesInErrors: String { "ENABLE, DISABLE" }
}

extension ContributorInsightsMode {
    package static var namesInErrors: String { "ACCESSED_AND_THROTTLED_KEYS, THROTTLED_KEYS" }
}

extension ContributorInsightsSummary {
    /// Makes a value of its members.
    public init(
        tableName: String? = nil,
        indexName: String? = nil,
        contributorInsightsStatus: ContributorInsightsStatus? = nil,
        contributorInsightsMode: ContributorInsightsMode? = nil
    ) {
        self.tableName = tableName
        self.indexName = indexName
        self.contributorInsightsStatus = contributorInsightsStatus
        self.contributorInsightsMode = contributorInsightsMode
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("IndexName", &indexName)
        try members.optional("ContributorInsightsStatus", &contributorInsightsStatus)
        try members.optional("ContributorInsightsMode", &contributorInsightsMode)
    }
}

extension DescribeContributorInsightsInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        indexName: String? = nil
    ) {
        self.tableName = tableName
        self.indexName = indexName
    }

    package static var unread: Self { Self(tableName: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("IndexName", &indexName)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TableName", tableName, .tableReference)
    }
}

extension DescribeContributorInsightsOutput {
    /// Makes a response of its members.
    public init(
        tableName: String? = nil,
        indexName: String? = nil,
        contributorInsightsRuleList: [String]? = nil,
        contributorInsightsStatus: ContributorInsightsStatus? = nil,
        lastUpdateDateTime: Double? = nil,
        failureException: FailureException? = nil,
        contributorInsightsMode: ContributorInsightsMode? = nil
    ) {
        self.tableName = tableName
        self.indexName = indexName
        self.contributorInsightsRuleList = contributorInsightsRuleList
        self.contributorInsightsStatus = contributorInsightsStatus
        self.lastUpdateDateTime = lastUpdateDateTime
        self.failureException = failureException
        self.contributorInsightsMode = contributorInsightsMode
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("IndexName", &indexName)
        try members.optional("ContributorInsightsRuleList", &contributorInsightsRuleList)
        try members.optional("ContributorInsightsStatus", &contributorInsightsStatus)
        try members.optional("LastUpdateDateTime", &lastUpdateDateTime)
        try members.optional("FailureException", &failureException)
        try members.optional("ContributorInsightsMode", &contributorInsightsMode)
    }
}

extension FailureException {
    /// Makes a value of its members.
    public init(
        exceptionName: String? = nil,
        exceptionDescription: String? = nil
    ) {
        self.exceptionName = exceptionName
        self.exceptionDescription = exceptionDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExceptionName", &exceptionName)
        try members.optional("ExceptionDescription", &exceptionDescription)
    }
}

extension ListContributorInsightsInput {
    /// Makes a request of its members.
    public init(
        tableName: String? = nil,
        nextToken: String? = nil,
        maxResults: Int? = nil
    ) {
        self.tableName = tableName
        self.nextToken = nextToken
        self.maxResults = maxResults
    }

    package static var unread: Self { Self() }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("NextToken", &nextToken)
        try members.optional("MaxResults", &maxResults)
        try members.optional("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("MaxResults", maxResults, .value(nil, 100))
        check.check("TableName", tableName, .tableReference)
    }
}

extension ListContributorInsightsOutput {
    /// Makes a response of its members.
    public init(
        contributorInsightsSummaries: [ContributorInsightsSummary]? = nil,
        nextToken: String? = nil
    ) {
        self.contributorInsightsSummaries = contributorInsightsSummaries
        self.nextToken = nextToken
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ContributorInsightsSummaries", &contributorInsightsSummaries)
        try members.optional("NextToken", &nextToken)
    }
}

extension UpdateContributorInsightsInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        contributorInsightsAction: ContributorInsightsAction,
        indexName: String? = nil,
        contributorInsightsMode: ContributorInsightsMode? = nil
    ) {
        self.tableName = tableName
        self.contributorInsightsAction = contributorInsightsAction
        self.indexName = indexName
        self.contributorInsightsMode = contributorInsightsMode
    }

    package static var unread: Self { Self(tableName: .init(), contributorInsightsAction: .enable) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ContributorInsightsAction", &contributorInsightsAction)
        try members.optional("IndexName", &indexName)
        try members.optional("ContributorInsightsMode", &contributorInsightsMode)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TableName", tableName, .tableReference)
    }
}

extension UpdateContributorInsightsOutput {
    /// Makes a response of its members.
    public init(
        tableName: String? = nil,
        indexName: String? = nil,
        contributorInsightsStatus: ContributorInsightsStatus? = nil,
        contributorInsightsMode: ContributorInsightsMode? = nil
    ) {
        self.tableName = tableName
        self.indexName = indexName
        self.contributorInsightsStatus = contributorInsightsStatus
        self.contributorInsightsMode = contributorInsightsMode
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("IndexName", &indexName)
        try members.optional("ContributorInsightsStatus", &contributorInsightsStatus)
        try members.optional("ContributorInsightsMode", &contributorInsightsMode)
    }
}
