/// A vector index, as given to CreateTable: it finds the items whose vectors are the nearest to a given one.
///
/// Source: AWS, "VectorIndex" in the Amazon DynamoDB API reference.
public struct VectorIndex: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// The attribute that holds an item's vector: a list of numbers.
    public var vectorAttribute: VectorAttributeDefinition
    /// The attributes that a search can ask for: at most one partition key, and filters.
    public var searchSchema: [SearchSchemaElement]?
    /// The attributes the index holds.
    public var projection: Projection
    /// How many numbers a vector has, 1 to 4,096.
    public var dimensions: Int
    /// How near two vectors are.
    public var distanceFunction: VectorDistanceFunction

    private init() { self = .unread }
}

/// The attribute that holds an item's vector.
public struct VectorAttributeDefinition: Sendable, Hashable, JSONObject {
    /// The attribute's name. It has no attribute definition.
    public var attributeName: String

    private init() { self = .unread }
}

/// An attribute that a search in a vector index can ask for.
public struct SearchSchemaElement: Sendable, Hashable, JSONObject {
    /// The attribute's name. It has an attribute definition.
    public var attributeName: String
    /// What it is for.
    public var searchSchemaElementType: SearchSchemaElementType

    private init() { self = .unread }
}

/// What an attribute is for that a search can ask for.
public enum SearchSchemaElementType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// Every search is of one value of it. An item without it is not found.
    case hash = "HASH"
    /// A search may be of one value of it.
    case inlineFilter = "INLINE_FILTER"
}

/// How near two vectors are.
public enum VectorDistanceFunction: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// 0 for vectors of one direction to 2 for opposite ones.
    case cosine = "COSINE"
    /// The dot product: the greater, the nearer.
    case dotProduct = "DOT_PRODUCT"
    /// The straight distance.
    case euclidean = "EUCLIDEAN"
}

/// A change of one vector index: one of the two.
public struct VectorIndexUpdate: Sendable, Hashable, JSONObject {
    /// A new index.
    public var create: VectorIndex?
    /// An index to be deleted.
    public var delete: DeleteVectorIndexAction?

    private init() { self = .unread }
}

/// A vector index to be deleted.
public struct DeleteVectorIndexAction: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String

    private init() { self = .unread }
}

/// A vector index's schema, state and size.
public struct VectorIndexDescription: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// The attributes that a search can ask for.
    public var searchSchema: [SearchSchemaElement]?
    /// The attributes the index holds.
    public var projection: Projection?
    /// The attribute that holds an item's vector.
    public var vectorAttribute: VectorAttributeDefinition?
    /// How many numbers a vector has.
    public var dimensions: Int?
    /// How near two vectors are.
    public var distanceFunction: VectorDistanceFunction?
    /// Whether the index can be used.
    public var indexStatus: IndexStatus?
    /// Whether existing items are still being added.
    public var backfilling: Bool?
    /// The index's total size in bytes, as of the last count.
    public var indexSizeBytes: Int?
    /// The number of items, as of the last count.
    public var itemCount: Int?
    /// The index's ARN.
    public var indexArn: String?

    private init() { self = .unread }
}

/// The bytes that a vector index processed.
public struct VectorCapacity: Sendable, Hashable, JSONObject {
    /// Of a search.
    public var vectorSearchRequestBytes: Double?
    /// Of a write.
    public var vectorWriteRequestBytes: Double?

    private init() { self = .unread }
}
