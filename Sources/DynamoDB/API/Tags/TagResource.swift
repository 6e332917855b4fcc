/// Adds labels to a table, or changes them.
///
/// Source: AWS, "TagResource" in the Amazon DynamoDB API reference.
public struct TagResourceInput: Sendable, Hashable, JSONObject {
    /// The ARN of the table.
    public var resourceArn: String
    /// The labels; a table has at most fifty.
    public var tags: [Tag]

    private init() { self = .unread }
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
