/// Attaches a resource-based policy to a table, in place of an older one.
///
/// Source: AWS, "PutResourcePolicy" in the Amazon DynamoDB API reference.
public struct PutResourcePolicyInput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(resourceArn: "", policy: "")
        try json.members(requiring: "ResourceArn", "Policy") { json, key throws(DynamoDBError) in
            switch key {
            case "ResourceArn": resourceArn = try json.value()
            case "Policy": policy = try json.value()
            case "ExpectedRevisionId": expectedRevisionId = try json.value()
            case "ConfirmRemoveSelfResourceAccess": confirmRemoveSelfResourceAccess = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ResourceArn", resourceArn)
            json.member("Policy", policy)
            json.member("ExpectedRevisionId", expectedRevisionId)
            json.member("ConfirmRemoveSelfResourceAccess", confirmRemoveSelfResourceAccess)
        }
    }
}

/// What PutResourcePolicy returns.
public struct PutResourcePolicyOutput: Sendable, Hashable, JSONCodable {
    /// The policy's revision.
    public var revisionId: String?

    /// Makes a response of its members.
    public init(revisionId: String? = nil) {
        self.revisionId = revisionId
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "RevisionId": revisionId = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("RevisionId", revisionId)
        }
    }
}
