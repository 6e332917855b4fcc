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

    /// Makes a value of its members.
    public init(
        create: GlobalSecondaryIndex? = nil,
        update: UpdateGlobalSecondaryIndexAction? = nil,
        delete: DeleteGlobalSecondaryIndexAction? = nil
    ) {
        self.create = create
        self.update = update
        self.delete = delete
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Create", &create)
        try members.optional("Update", &update)
        try members.optional("Delete", &delete)
    }
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

    /// Makes a value of its members.
    public init(
        indexName: String,
        provisionedThroughput: ProvisionedThroughput? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: WarmThroughput? = nil
    ) {
        self.indexName = indexName
        self.provisionedThroughput = provisionedThroughput
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
    }

    package static var unread: Self { Self(indexName: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("IndexName", &indexName)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("WarmThroughput", &warmThroughput)
    }
}

/// A global secondary index to be deleted.
public struct DeleteGlobalSecondaryIndexAction: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String

    /// Makes a value of its members.
    public init(indexName: String) {
        self.indexName = indexName
    }

    package static var unread: Self { Self(indexName: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("IndexName", &indexName)
    }
}
