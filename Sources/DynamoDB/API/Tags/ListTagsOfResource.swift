/// Lists a table's labels, page by page.
///
/// Source: AWS, "ListTagsOfResource" in the Amazon DynamoDB API reference.
public struct ListTagsOfResourceInput: Sendable, Hashable, JSONObject {
    /// The ARN of the table.
    public var resourceArn: String
    /// Where the previous page ended.
    public var nextToken: String?

    /// Makes a request of its members.
    public init(resourceArn: String, nextToken: String? = nil) {
        self.resourceArn = resourceArn
        self.nextToken = nextToken
    }

    package static var unread: Self { Self(resourceArn: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ResourceArn", &resourceArn)
        try members.optional("NextToken", &nextToken)
    }
}

/// What ListTagsOfResource returns.
public struct ListTagsOfResourceOutput: Sendable, Hashable, JSONObject {
    /// The labels.
    public var tags: [Tag]?
    /// Where the page ended, if there are more.
    public var nextToken: String?

    /// Makes a response of its members.
    public init(tags: [Tag]? = nil, nextToken: String? = nil) {
        self.tags = tags
        self.nextToken = nextToken
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Tags", &tags)
        try members.optional("NextToken", &nextToken)
    }
}
