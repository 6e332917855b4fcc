/// Returns a table's resource-based policy.
///
/// Source: AWS, "GetResourcePolicy" in the Amazon DynamoDB API reference.
public struct GetResourcePolicyInput: Sendable, Hashable, JSONCodable {
    /// The ARN of the table or stream.
    public var resourceArn: String

    /// Makes a request of its members.
    public init(resourceArn: String) {
        self.resourceArn = resourceArn
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(resourceArn: "")
        try json.members(requiring: "ResourceArn") { json, key throws(DynamoDBError) in
            switch key {
            case "ResourceArn": resourceArn = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ResourceArn", resourceArn)
        }
    }
}

/// What GetResourcePolicy returns.
public struct GetResourcePolicyOutput: Sendable, Hashable, JSONCodable {
    /// The policy, in JSON.
    public var policy: String?
    /// The policy's revision.
    public var revisionId: String?

    /// Makes a response of its members.
    public init(policy: String? = nil, revisionId: String? = nil) {
        self.policy = policy
        self.revisionId = revisionId
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Policy": policy = try json.value()
            case "RevisionId": revisionId = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Policy", policy)
            json.member("RevisionId", revisionId)
        }
    }
}
