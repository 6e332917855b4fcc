/// Removes a table's resource-based policy.
///
/// Source: AWS, "DeleteResourcePolicy" in the Amazon DynamoDB API reference.
public struct DeleteResourcePolicyInput: Sendable, Hashable, JSONCodable {
    /// The ARN of the table or stream.
    public var resourceArn: String
    /// The revision that the policy must have.
    public var expectedRevisionId: String?

    /// Makes a request of its members.
    public init(resourceArn: String, expectedRevisionId: String? = nil) {
        self.resourceArn = resourceArn
        self.expectedRevisionId = expectedRevisionId
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(resourceArn: "")
        try json.members(requiring: "ResourceArn") { json, key throws(DynamoDBError) in
            switch key {
            case "ResourceArn": resourceArn = try json.value()
            case "ExpectedRevisionId": expectedRevisionId = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ResourceArn", resourceArn)
            json.member("ExpectedRevisionId", expectedRevisionId)
        }
    }
}

/// What DeleteResourcePolicy returns.
public struct DeleteResourcePolicyOutput: Sendable, Hashable, JSONCodable {
    /// The revision of the policy that was removed.
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
