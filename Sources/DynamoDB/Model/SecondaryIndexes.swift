/// A global secondary index, as given to CreateTable.
public struct GlobalSecondaryIndex: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(indexName: "", keySchema: [], projection: .init(projectionType: .all))
        try json.members(requiring: "IndexName", "KeySchema", "Projection") { json, key throws(DynamoDBError) in
            switch key {
            case "IndexName": indexName = try json.value()
            case "KeySchema": keySchema = try json.value()
            case "Projection": projection = try json.value()
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
            json.member("KeySchema", keySchema)
            json.member("Projection", projection)
            json.member("ProvisionedThroughput", provisionedThroughput)
            json.member("OnDemandThroughput", onDemandThroughput)
            json.member("WarmThroughput", warmThroughput)
        }
    }
}

/// A local secondary index: the table's partition key with another sort key.
public struct LocalSecondaryIndex: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(indexName: "", keySchema: [], projection: .init(projectionType: .all))
        try json.members(requiring: "IndexName", "KeySchema", "Projection") { json, key throws(DynamoDBError) in
            switch key {
            case "IndexName": indexName = try json.value()
            case "KeySchema": keySchema = try json.value()
            case "Projection": projection = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("IndexName", indexName)
            json.member("KeySchema", keySchema)
            json.member("Projection", projection)
        }
    }
}
