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

    /// Makes a value of its members.
    public init(
        indexName: String,
        keySchema: [KeySchemaElement],
        projection: Projection,
        provisionedThroughput: ProvisionedThroughput? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: WarmThroughput? = nil
    ) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
        self.provisionedThroughput = provisionedThroughput
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
    }

    package static var unread: Self { Self(indexName: "", keySchema: [], projection: .init(projectionType: .all)) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("IndexName", &indexName)
        try members.required("KeySchema", &keySchema)
        try members.required("Projection", &projection)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("WarmThroughput", &warmThroughput)
    }
}

/// A local secondary index: the table's partition key with another sort key.
public struct LocalSecondaryIndex: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// The key: the partition key first, then the sort key if there is one.
    public var keySchema: [KeySchemaElement]
    /// The attributes the index holds.
    public var projection: Projection

    /// Makes a value of its members.
    public init(indexName: String, keySchema: [KeySchemaElement], projection: Projection) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
    }

    package static var unread: Self { Self(indexName: "", keySchema: [], projection: .init(projectionType: .all)) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("IndexName", &indexName)
        try members.required("KeySchema", &keySchema)
        try members.required("Projection", &projection)
    }
}
