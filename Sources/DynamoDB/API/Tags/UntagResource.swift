/// Removes labels from a table.
///
/// Source: AWS, "UntagResource" in the Amazon DynamoDB API reference.
public struct UntagResourceInput: Sendable, Hashable, JSONObject {
    /// The ARN of the table.
    public var resourceArn: String
    /// The names of the labels.
    public var tagKeys: [String]

    private init() { self = .unread }
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
