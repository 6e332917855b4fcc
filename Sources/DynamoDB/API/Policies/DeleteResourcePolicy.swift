/// Removes a table's resource-based policy.
///
/// Source: AWS, "DeleteResourcePolicy" in the Amazon DynamoDB API reference.
public struct DeleteResourcePolicyInput: Sendable, Hashable, JSONObject {
    /// The ARN of the table or stream.
    public var resourceArn: String
    /// The revision that the policy must have.
    public var expectedRevisionId: String?

    private init() { self = .unread }
}

/// What DeleteResourcePolicy returns.
public struct DeleteResourcePolicyOutput: Sendable, Hashable, JSONObject {
    /// The revision of the policy that was removed.
    public var revisionId: String?

    private init() { self = .unread }
}
