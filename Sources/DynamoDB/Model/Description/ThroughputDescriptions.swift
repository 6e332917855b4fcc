/// A table's or an index's provisioned capacity, and when it last changed.
public struct ProvisionedThroughputDescription: Sendable, Hashable, JSONObject {
    /// When capacity was last raised, in seconds since 1970.
    public var lastIncreaseDateTime: Double?
    /// When capacity was last lowered, in seconds since 1970.
    public var lastDecreaseDateTime: Double?
    /// How often capacity was lowered this UTC day.
    public var numberOfDecreasesToday: Int?
    /// Strongly consistent reads of up to 4 KB a second.
    public var readCapacityUnits: Int?
    /// Writes of up to 1 KB a second.
    public var writeCapacityUnits: Int?

    private init() { self = .unread }
}

/// How a table's capacity is billed, and since when.
public struct BillingModeSummary: Sendable, Hashable, JSONObject {
    /// Provisioned, or on demand.
    public var billingMode: BillingMode?
    /// When the table went on demand, in seconds since 1970.
    public var lastUpdateToPayPerRequestDateTime: Double?

    private init() { self = .unread }
}

/// The throughput that a table bears at once.
public struct TableWarmThroughputDescription: Sendable, Hashable, JSONObject {
    /// Read units a second.
    public var readUnitsPerSecond: Int?
    /// Write units a second.
    public var writeUnitsPerSecond: Int?
    /// The present state.
    public var status: TableStatus?

    private init() { self = .unread }
}

/// The throughput that an index bears at once.
public struct GlobalSecondaryIndexWarmThroughputDescription: Sendable, Hashable, JSONObject {
    /// Read units a second.
    public var readUnitsPerSecond: Int?
    /// Write units a second.
    public var writeUnitsPerSecond: Int?
    /// The present state.
    public var status: IndexStatus?

    private init() { self = .unread }
}
