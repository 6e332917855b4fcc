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

    private init() { self = .unread }
}

/// What PutResourcePolicy returns.
public struct PutResourcePolicyOutput: Sendable, Hashable, JSONObject {
    /// The policy's revision.
    public var revisionId: String?

    private init() { self = .unread }
}
