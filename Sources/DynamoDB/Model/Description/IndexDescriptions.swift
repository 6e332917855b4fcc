/// An index's state.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct IndexStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `CREATING`.
    public static let creating = IndexStatus(rawValue: "CREATING")
    /// `UPDATING`.
    public static let updating = IndexStatus(rawValue: "UPDATING")
    /// `DELETING`.
    public static let deleting = IndexStatus(rawValue: "DELETING")
    /// `ACTIVE`.
    public static let active = IndexStatus(rawValue: "ACTIVE")
}

/// A global secondary index's schema, state and size.
public struct GlobalSecondaryIndexDescription: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// The key: the partition key first, then the sort key if there is one.
    public var keySchema: [KeySchemaElement]?
    /// The attributes the index holds.
    public var projection: Projection?
    /// Whether the index can be used.
    public var indexStatus: IndexStatus?
    /// Whether existing items are still being added.
    public var backfilling: Bool?
    /// Provisioned capacity; nil on demand.
    public var provisionedThroughput: ProvisionedThroughputDescription?
    /// The index's total size in bytes, as of the last count.
    public var indexSizeBytes: Int?
    /// The number of items, as of the last count.
    public var itemCount: Int?
    /// The index's ARN.
    public var indexArn: String?
    /// Upper bounds of on-demand capacity.
    public var onDemandThroughput: OnDemandThroughput?
    /// The throughput that is ready at once.
    public var warmThroughput: GlobalSecondaryIndexWarmThroughputDescription?

    private init() { self = .unread }
}

/// A local secondary index's schema and size.
public struct LocalSecondaryIndexDescription: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// The key: the partition key first, then the sort key if there is one.
    public var keySchema: [KeySchemaElement]?
    /// The attributes the index holds.
    public var projection: Projection?
    /// The index's total size in bytes, as of the last count.
    public var indexSizeBytes: Int?
    /// The number of items, as of the last count.
    public var itemCount: Int?
    /// The index's ARN.
    public var indexArn: String?

    private init() { self = .unread }
}
