/// A stream, as ListStreams tells of it: AWS's shape `Stream`.
public struct StreamSummary: Sendable, Hashable, JSONCodable {
    /// The stream's ARN.
    public var streamArn: String?
    /// The table whose changes it holds.
    public var tableName: String?
    /// When it was made: with the table's name unique in the account.
    public var streamLabel: String?

    /// Makes a value of its members.
    public init(streamArn: String? = nil, tableName: String? = nil, streamLabel: String? = nil) {
        self.streamArn = streamArn
        self.tableName = tableName
        self.streamLabel = streamLabel
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "StreamArn": streamArn = try json.value()
            case "TableName": tableName = try json.value()
            case "StreamLabel": streamLabel = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("StreamArn", streamArn)
            json.member("TableName", tableName)
            json.member("StreamLabel", streamLabel)
        }
    }
}
