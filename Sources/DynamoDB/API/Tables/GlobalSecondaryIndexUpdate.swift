/// A change of one global secondary index: one of the three.
///
/// Source: AWS, "GlobalSecondaryIndexUpdate" in the Amazon DynamoDB API reference.
public struct GlobalSecondaryIndexUpdate: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Create": create = try json.value()
            case "Update": update = try json.value()
            case "Delete": delete = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Create", create)
            json.member("Update", update)
            json.member("Delete", delete)
        }
    }
}

/// New throughput of a global secondary index.
public struct UpdateGlobalSecondaryIndexAction: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(indexName: "")
        try json.members(requiring: "IndexName") { json, key throws(DynamoDBError) in
            switch key {
            case "IndexName": indexName = try json.value()
            case "ProvisionedThroughput": provisionedThroughput = try json.value()
            case "OnDemandThroughput": onDemandThroughput = try json.value()
            case "WarmThroughput": warmThroughput = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("IndexName", indexName)
            json.member("ProvisionedThroughput", provisionedThroughput)
            json.member("OnDemandThroughput", onDemandThroughput)
            json.member("WarmThroughput", warmThroughput)
        }
    }
}

/// A global secondary index to be deleted.
public struct DeleteGlobalSecondaryIndexAction: Sendable, Hashable, JSONCodable {
    /// The index's name.
    public var indexName: String

    /// Makes a value of its members.
    public init(indexName: String) {
        self.indexName = indexName
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(indexName: "")
        try json.members(requiring: "IndexName") { json, key throws(DynamoDBError) in
            switch key {
            case "IndexName": indexName = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("IndexName", indexName)
        }
    }
}
