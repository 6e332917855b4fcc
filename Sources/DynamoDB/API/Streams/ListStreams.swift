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

    private init() { self = .unread }
}

/// What ListStreams returns.
public struct ListStreamsOutput: Sendable, Hashable, JSONObject {
    /// Streams in the order of their ARNs.
    public var streams: [StreamSummary]?
    /// Where this page ended; nil when there is nothing more.
    public var lastEvaluatedStreamArn: String?

    private init() { self = .unread }
}
