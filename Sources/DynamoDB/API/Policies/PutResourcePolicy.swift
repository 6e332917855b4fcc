/// Attaches a resource-based policy to a table, in place of an older one.
///
/// Source: AWS, "PutResourcePolicy" in the Amazon DynamoDB API reference.
public struct PutResourcePolicyInput: Sendable, Hashable, JSONObject {
    /// The ARN of the table or stream.
    public var resourceArn: String
    /// The policy, in JSON.
    public var policy: String
    /// The revision that the policy must have; `NO_POLICY` for none.
    public var expectedRevisionId: String?
    /// Whether the caller knows that it can be locked out.
    public var confirmRemoveSelfResourceAccess: Bool?

    /// Makes a request of its members.
    public init(
        resourceArn: String,
        policy: String,
        expectedRevisionId: String? = nil,
        confirmRemoveSelfResourceAccess: Bool? = nil
    ) {
        self.resourceArn = resourceArn
        self.policy = policy
        self.expectedRevisionId = expectedRevisionId
        self.confirmRemoveSelfResourceAccess = confirmRemoveSelfResourceAccess
    }

    package static var unread: Self { Self(resourceArn: "", policy: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ResourceArn", &resourceArn)
        try members.required("Policy", &policy)
        try members.optional("ExpectedRevisionId", &expectedRevisionId)
        try members.optional("ConfirmRemoveSelfResourceAccess", &confirmRemoveSelfResourceAccess)
    }
}

/// What PutResourcePolicy returns.
public struct PutResourcePolicyOutput: Sendable, Hashable, JSONObject {
    /// The policy's revision.
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
