/// Finds the items whose vectors are the nearest to a given one, in a vector index.
///
/// Source: AWS, "SearchVectors" in the Amazon DynamoDB API reference.
public struct SearchVectorsInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The vector index's name.
    public var indexName: String
    /// Whether to report the bytes processed.
    public var returnConsumedCapacity: ReturnConsumedCapacity?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// What the `:value` placeholders in the expressions stand for.
    public var expressionAttributeValues: [String: AttributeValue]?
    /// The attributes to return, comma-separated; nil for all but the vector.
    public var projectionExpression: String?
    /// The vector: as many numbers as the index has dimensions.
    public var searchVector: [AttributeValue]
    /// Equalities on attributes of the index's search schema. One with a partition key must be given its value.
    public var searchConditionExpression: String?
    /// The most items to find, 1 to 100.
    public var topK: Int

    private init() { self = .unread }
}

/// What SearchVectors returns.
public struct SearchVectorsOutput: Sendable, Hashable, JSONObject {
    /// The bytes processed, when asked for.
    public var consumedCapacity: VectorCapacity?
    /// The items found, the nearest first.
    public var searchResults: [SearchResultItem]?

    private init() { self = .unread }
}

/// An item that a search found.
public struct SearchResultItem: Sendable, Hashable, JSONObject {
    /// The item.
    public var item: Item?
    /// How near its vector is, by the index's distance function.
    public var score: Double?

    private init() { self = .unread }
}
