/// Lists a table's labels, page by page.
///
/// Source: AWS, "ListTagsOfResource" in the Amazon DynamoDB API reference.
public struct ListTagsOfResourceInput: Sendable, Hashable, JSONCodable {
    /// The ARN of the table.
    public var resourceArn: String
    /// Where the previous page ended.
    public var nextToken: String?

    /// Makes a request of its members.
    public init(resourceArn: String, nextToken: String? = nil) {
        self.resourceArn = resourceArn
        self.nextToken = nextToken
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(resourceArn: "")
        try json.members(requiring: "ResourceArn") { json, key throws(DynamoDBError) in
            switch key {
            case "ResourceArn": resourceArn = try json.value()
            case "NextToken": nextToken = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ResourceArn", resourceArn)
            json.member("NextToken", nextToken)
        }
    }
}

/// What ListTagsOfResource returns.
public struct ListTagsOfResourceOutput: Sendable, Hashable, JSONCodable {
    /// The labels.
    public var tags: [Tag]?
    /// Where the page ended, if there are more.
    public var nextToken: String?

    /// Makes a response of its members.
    public init(tags: [Tag]? = nil, nextToken: String? = nil) {
        self.tags = tags
        self.nextToken = nextToken
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Tags": tags = try json.value()
            case "NextToken": nextToken = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Tags", tags)
            json.member("NextToken", nextToken)
        }
    }
}
