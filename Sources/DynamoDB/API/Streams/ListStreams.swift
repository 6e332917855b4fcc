/// Asks for a page of streams.
///
/// Source: AWS, "ListStreams" in the Amazon DynamoDB API reference.
public struct ListStreamsInput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "Limit": limit = try json.value()
            case "ExclusiveStartStreamArn": exclusiveStartStreamArn = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("Limit", limit)
            json.member("ExclusiveStartStreamArn", exclusiveStartStreamArn)
        }
    }
}

/// What ListStreams returns.
public struct ListStreamsOutput: Sendable, Hashable, JSONCodable {
    /// Streams in the order of their ARNs.
    public var streams: [StreamSummary]?
    /// Where this page ended; nil when there is nothing more.
    public var lastEvaluatedStreamArn: String?

    /// Makes a response of its members.
    public init(streams: [StreamSummary]? = nil, lastEvaluatedStreamArn: String? = nil) {
        self.streams = streams
        self.lastEvaluatedStreamArn = lastEvaluatedStreamArn
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Streams": streams = try json.value()
            case "LastEvaluatedStreamArn": lastEvaluatedStreamArn = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Streams", streams)
            json.member("LastEvaluatedStreamArn", lastEvaluatedStreamArn)
        }
    }
}
