/// Lists a table's labels, page by page.
///
/// Source: AWS, "ListTagsOfResource" in the Amazon DynamoDB API reference.
public struct ListTagsOfResourceInput: Sendable, Hashable, JSONObject {
    /// The ARN of the table.
    public var resourceArn: String
    /// Where the previous page ended.
    public var nextToken: String?

    private init() { self = .unread }
}

/// What ListTagsOfResource returns.
public struct ListTagsOfResourceOutput: Sendable, Hashable, JSONObject {
    /// The labels.
    public var tags: [Tag]?
    /// Where the page ended, if there are more.
    public var nextToken: String?

    private init() { self = .unread }
}
