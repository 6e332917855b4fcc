/// Adds labels to a table, or changes them.
///
/// Source: AWS, "TagResource" in the Amazon DynamoDB API reference.
public struct TagResourceInput: Sendable, Hashable, JSONCodable {
    /// The ARN of the table.
    public var resourceArn: String
    /// The labels; a table has at most fifty.
    public var tags: [Tag]

    /// Makes a request of its members.
    public init(resourceArn: String, tags: [Tag]) {
        self.resourceArn = resourceArn
        self.tags = tags
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(resourceArn: "", tags: [])
        try json.members(requiring: "ResourceArn", "Tags") { json, key throws(DynamoDBError) in
            switch key {
            case "ResourceArn": resourceArn = try json.value()
            case "Tags": tags = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ResourceArn", resourceArn)
            json.member("Tags", tags)
        }
    }
}

/// What TagResource returns: a body without a byte.
public struct TagResourceOutput: Sendable, Hashable, JSONCodable {
    /// Makes an empty response.
    public init() {}

    package init(json: inout JSONReader) throws(DynamoDBError) {
        if json.isAtEnd { return }
        try json.members { json, _ throws(DynamoDBError) in try json.skip() }
    }

    package func write(to json: inout JSONWriter) {}
}
