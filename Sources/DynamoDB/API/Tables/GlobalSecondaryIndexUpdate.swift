/// A change of one global secondary index: one of the three.
///
/// Source: AWS, "GlobalSecondaryIndexUpdate" in the Amazon DynamoDB API reference.
public struct GlobalSecondaryIndexUpdate: Sendable, Hashable, JSONObject {
    /// A new index.
    public var create: GlobalSecondaryIndex?
    /// New throughput of an index.
    public var update: UpdateGlobalSecondaryIndexAction?
    /// An index to be deleted.
    public var delete: DeleteGlobalSecondaryIndexAction?

    private init() { self = .unread }
}

/// New throughput of a global secondary index.
public struct UpdateGlobalSecondaryIndexAction: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// Provisioned capacity.
    public var provisionedThroughput: ProvisionedThroughput?
    /// Upper bounds of on-demand capacity.
    public var onDemandThroughput: OnDemandThroughput?
    /// The throughput that is ready at once.
    public var warmThroughput: WarmThroughput?

    private init() { self = .unread }
}

/// A global secondary index to be deleted.
public struct DeleteGlobalSecondaryIndexAction: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String

    private init() { self = .unread }
}
