/// The capacity that one operation used on one table.
public struct ConsumedCapacity: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String?
    /// Capacity units used in all.
    public var capacityUnits: Double?
    /// Read capacity units used.
    public var readCapacityUnits: Double?
    /// Write capacity units used.
    public var writeCapacityUnits: Double?
    /// The table's own share.
    public var table: Capacity?
    /// The share of each local secondary index, by name.
    public var localSecondaryIndexes: [String: Capacity]?
    /// The share of each global secondary index, by name.
    public var globalSecondaryIndexes: [String: Capacity]?
    /// The share of each vector index, by name.
    public var vectorIndexes: [String: VectorCapacity]?

    private init() { self = .unread }
}

/// The capacity used on a table or an index.
public struct Capacity: Sendable, Hashable, JSONObject {
    /// Read capacity units used.
    public var readCapacityUnits: Double?
    /// Write capacity units used.
    public var writeCapacityUnits: Double?
    /// Capacity units used in all.
    public var capacityUnits: Double?

    private init() { self = .unread }
}
