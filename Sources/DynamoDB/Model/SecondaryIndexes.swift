/// A global secondary index, as given to CreateTable.
public struct GlobalSecondaryIndex: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// The key: the partition key first, then the sort key if there is one.
    public var keySchema: [KeySchemaElement]
    /// The attributes the index holds.
    public var projection: Projection
    /// Provisioned capacity; nil on demand.
    public var provisionedThroughput: ProvisionedThroughput?
    /// Upper bounds of on-demand capacity.
    public var onDemandThroughput: OnDemandThroughput?
    /// The throughput that is ready at once.
    public var warmThroughput: WarmThroughput?

    private init() { self = .unread }
}

/// A local secondary index: the table's partition key with another sort key.
public struct LocalSecondaryIndex: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// The key: the partition key first, then the sort key if there is one.
    public var keySchema: [KeySchemaElement]
    /// The attributes the index holds.
    public var projection: Projection

    private init() { self = .unread }
}
