/// Removes a table's resource-based policy.
///
/// Source: AWS, "DeleteResourcePolicy" in the Amazon DynamoDB API reference.
public struct DeleteResourcePolicyInput: Sendable, Hashable, JSONObject {
    /// The ARN of the table or stream.
    public var resourceArn: String
    /// The revision that the policy must have.
    public var expectedRevisionId: String?

    /// Makes a request of its members.
    public init(resourceArn: String, expectedRevisionId: String? = nil) {
        self.resourceArn = resourceArn
        self.expectedRevisionId = expectedRevisionId
    }

    package static var unread: Self { Self(resourceArn: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ResourceArn", &resourceArn)
        try members.optional("ExpectedRevisionId", &expectedRevisionId)
    }
}

/// What DeleteResourcePolicy returns.
public struct DeleteResourcePolicyOutput: Sendable, Hashable, JSONObject {
    /// The revision of the policy that was removed.
    public var revisionId: String?

    /// Makes a response of its members.
    public init(revisionId: String? = nil) {
        self.revisionId = revisionId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("RevisionId", &revisionId)
    }
}
