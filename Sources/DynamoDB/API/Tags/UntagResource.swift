/// Removes labels from a table.
///
/// Source: AWS, "UntagResource" in the Amazon DynamoDB API reference.
public struct UntagResourceInput: Sendable, Hashable, JSONCodable {
    /// The ARN of the table.
    public var resourceArn: String
    /// The names of the labels.
    public var tagKeys: [String]

    /// Makes a request of its members.
    public init(resourceArn: String, tagKeys: [String]) {
        self.resourceArn = resourceArn
        self.tagKeys = tagKeys
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(resourceArn: "", tagKeys: [])
        try json.members(requiring: "ResourceArn", "TagKeys") { json, key throws(DynamoDBError) in
            switch key {
            case "ResourceArn": resourceArn = try json.value()
            case "TagKeys": tagKeys = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ResourceArn", resourceArn)
            json.member("TagKeys", tagKeys)
        }
    }
}

/// What UntagResource returns: a body without a byte.
public struct UntagResourceOutput: Sendable, Hashable, JSONCodable {
    /// Makes an empty response.
    public init() {}

    package init(json: inout JSONReader) throws(DynamoDBError) {
        if json.isAtEnd { return }
        try json.members { json, _ throws(DynamoDBError) in try json.skip() }
    }

    package func write(to json: inout JSONWriter) {}
}
