/// How a table's capacity is billed.
public enum BillingMode: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `PROVISIONED`.
    case provisioned = "PROVISIONED"
    /// `PAY_PER_REQUEST`.
    case payPerRequest = "PAY_PER_REQUEST"
}

/// Capacity in units a second.
public struct ProvisionedThroughput: Sendable, Hashable, JSONObject {
    /// Strongly consistent reads of up to 4 KB a second.
    public var readCapacityUnits: Int
    /// Writes of up to 1 KB a second.
    public var writeCapacityUnits: Int

    private init() { self = .unread }
}

/// Upper bounds of on-demand capacity; -1 lifts one.
public struct OnDemandThroughput: Sendable, Hashable, JSONObject {
    /// The most read request units a second.
    public var maxReadRequestUnits: Int?
    /// The most write request units a second.
    public var maxWriteRequestUnits: Int?

    private init() { self = .unread }
}

/// The throughput that a table or an index is to bear at once.
public struct WarmThroughput: Sendable, Hashable, JSONObject {
    /// Read units a second.
    public var readUnitsPerSecond: Int?
    /// Write units a second.
    public var writeUnitsPerSecond: Int?

    private init() { self = .unread }
}
