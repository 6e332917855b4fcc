/// A stream and its shards.
public struct StreamDescription: Sendable, Hashable, JSONCodable {
    /// The stream's ARN.
    public var streamArn: String?
    /// When it was made: with the table's name unique in the account.
    public var streamLabel: String?
    /// Whether changes are written to it.
    public var streamStatus: StreamStatus?
    /// What of a changed item a record holds.
    public var streamViewType: StreamViewType?
    /// When it was asked for, in seconds since 1970.
    public var creationRequestDateTime: Double?
    /// The table whose changes it holds.
    public var tableName: String?
    /// The table's key.
    public var keySchema: [KeySchemaElement]?
    /// A page of its shards.
    public var shards: [Shard]?
    /// Where the page ended; nil when there is nothing more.
    public var lastEvaluatedShardId: String?

    /// Makes a value of its members.
    public init(
        streamArn: String? = nil,
        streamLabel: String? = nil,
        streamStatus: StreamStatus? = nil,
        streamViewType: StreamViewType? = nil,
        creationRequestDateTime: Double? = nil,
        tableName: String? = nil,
        keySchema: [KeySchemaElement]? = nil,
        shards: [Shard]? = nil,
        lastEvaluatedShardId: String? = nil
    ) {
        self.streamArn = streamArn
        self.streamLabel = streamLabel
        self.streamStatus = streamStatus
        self.streamViewType = streamViewType
        self.creationRequestDateTime = creationRequestDateTime
        self.tableName = tableName
        self.keySchema = keySchema
        self.shards = shards
        self.lastEvaluatedShardId = lastEvaluatedShardId
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "StreamArn": streamArn = try json.value()
            case "StreamLabel": streamLabel = try json.value()
            case "StreamStatus": streamStatus = try json.value()
            case "StreamViewType": streamViewType = try json.value()
            case "CreationRequestDateTime": creationRequestDateTime = try json.value()
            case "TableName": tableName = try json.value()
            case "KeySchema": keySchema = try json.value()
            case "Shards": shards = try json.value()
            case "LastEvaluatedShardId": lastEvaluatedShardId = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("StreamArn", streamArn)
            json.member("StreamLabel", streamLabel)
            json.member("StreamStatus", streamStatus)
            json.member("StreamViewType", streamViewType)
            json.member("CreationRequestDateTime", creationRequestDateTime)
            json.member("TableName", tableName)
            json.member("KeySchema", keySchema)
            json.member("Shards", shards)
            json.member("LastEvaluatedShardId", lastEvaluatedShardId)
        }
    }
}

/// Whether changes are written to a stream.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct StreamStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `ENABLING`.
    public static let enabling = StreamStatus(rawValue: "ENABLING")
    /// `ENABLED`.
    public static let enabled = StreamStatus(rawValue: "ENABLED")
    /// `DISABLING`.
    public static let disabling = StreamStatus(rawValue: "DISABLING")
    /// `DISABLED`: nothing is added, and what is there can be read for 24 hours.
    public static let disabled = StreamStatus(rawValue: "DISABLED")
}
