/// Asks for a page of streams.
///
/// Source: AWS, "ListStreams" in the Amazon DynamoDB API reference.
public struct ListStreamsInput: Sendable, Hashable, JSONObject {
    /// The table, to list only its streams.
    public var tableName: String?
    /// The most streams to return: 1 to 100.
    public var limit: Int?
    /// The last page's ``ListStreamsOutput/lastEvaluatedStreamArn``, to go on after it.
    public var exclusiveStartStreamArn: String?

    /// Makes a request of its members.
    public init(tableName: String? = nil, limit: Int? = nil, exclusiveStartStreamArn: String? = nil) {
        self.tableName = tableName
        self.limit = limit
        self.exclusiveStartStreamArn = exclusiveStartStreamArn
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("Limit", &limit)
        try members.optional("ExclusiveStartStreamArn", &exclusiveStartStreamArn)
    }
}

/// What ListStreams returns.
public struct ListStreamsOutput: Sendable, Hashable, JSONObject {
    /// Streams in the order of their ARNs.
    public var streams: [StreamSummary]?
    /// Where this page ended; nil when there is nothing more.
    public var lastEvaluatedStreamArn: String?

    /// Makes a response of its members.
    public init(streams: [StreamSummary]? = nil, lastEvaluatedStreamArn: String? = nil) {
        self.streams = streams
        self.lastEvaluatedStreamArn = lastEvaluatedStreamArn
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Streams", &streams)
        try members.optional("LastEvaluatedStreamArn", &lastEvaluatedStreamArn)
    }
}
