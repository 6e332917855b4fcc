/// Returns a table's resource-based policy.
///
/// Source: AWS, "GetResourcePolicy" in the Amazon DynamoDB API reference.
public struct GetResourcePolicyInput: Sendable, Hashable, JSONObject {
    /// The ARN of the table or stream.
    public var resourceArn: String

    /// Makes a request of its members.
    public init(resourceArn: String) {
        self.resourceArn = resourceArn
    }

    package static var unread: Self { Self(resourceArn: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ResourceArn", &resourceArn)
    }
}

/// What GetResourcePolicy returns.
public struct GetResourcePolicyOutput: Sendable, Hashable, JSONObject {
    /// The policy, in JSON.
    public var policy: String?
    /// The policy's revision.
    public var revisionId: String?

    /// Makes a response of its members.
    public init(policy: String? = nil, revisionId: String? = nil) {
        self.policy = policy
        self.revisionId = revisionId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Policy", &policy)
        try members.optional("RevisionId", &revisionId)
    }
}
