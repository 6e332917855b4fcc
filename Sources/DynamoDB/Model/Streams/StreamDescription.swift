/// A stream and its shards.
public struct StreamDescription: Sendable, Hashable, JSONObject {
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

    private init() { self = .unread }
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
