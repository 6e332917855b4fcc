/// Returns a table's resource-based policy.
///
/// Source: AWS, "GetResourcePolicy" in the Amazon DynamoDB API reference.
public struct GetResourcePolicyInput: Sendable, Hashable, JSONObject {
    /// The ARN of the table or stream.
    public var resourceArn: String

    private init() { self = .unread }
}

/// What GetResourcePolicy returns.
public struct GetResourcePolicyOutput: Sendable, Hashable, JSONObject {
    /// The policy, in JSON.
    public var policy: String?
    /// The policy's revision.
    public var revisionId: String?

    private init() { self = .unread }
}
