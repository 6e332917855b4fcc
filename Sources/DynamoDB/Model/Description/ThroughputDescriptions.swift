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

    /// Makes a value of its members.
    public init(
        lastIncreaseDateTime: Double? = nil,
        lastDecreaseDateTime: Double? = nil,
        numberOfDecreasesToday: Int? = nil,
        readCapacityUnits: Int? = nil,
        writeCapacityUnits: Int? = nil
    ) {
        self.lastIncreaseDateTime = lastIncreaseDateTime
        self.lastDecreaseDateTime = lastDecreaseDateTime
        self.numberOfDecreasesToday = numberOfDecreasesToday
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("LastIncreaseDateTime", &lastIncreaseDateTime)
        try members.optional("LastDecreaseDateTime", &lastDecreaseDateTime)
        try members.optional("NumberOfDecreasesToday", &numberOfDecreasesToday)
        try members.optional("ReadCapacityUnits", &readCapacityUnits)
        try members.optional("WriteCapacityUnits", &writeCapacityUnits)
    }
}

/// How a table's capacity is billed, and since when.
public struct BillingModeSummary: Sendable, Hashable, JSONObject {
    /// Provisioned, or on demand.
    public var billingMode: BillingMode?
    /// When the table went on demand, in seconds since 1970.
    public var lastUpdateToPayPerRequestDateTime: Double?

    /// Makes a value of its members.
    public init(billingMode: BillingMode? = nil, lastUpdateToPayPerRequestDateTime: Double? = nil) {
        self.billingMode = billingMode
        self.lastUpdateToPayPerRequestDateTime = lastUpdateToPayPerRequestDateTime
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("BillingMode", &billingMode)
        try members.optional("LastUpdateToPayPerRequestDateTime", &lastUpdateToPayPerRequestDateTime)
    }
}

/// The throughput that a table bears at once.
public struct TableWarmThroughputDescription: Sendable, Hashable, JSONObject {
    /// Read units a second.
    public var readUnitsPerSecond: Int?
    /// Write units a second.
    public var writeUnitsPerSecond: Int?
    /// The present state.
    public var status: TableStatus?

    /// Makes a value of its members.
    public init(readUnitsPerSecond: Int? = nil, writeUnitsPerSecond: Int? = nil, status: TableStatus? = nil) {
        self.readUnitsPerSecond = readUnitsPerSecond
        self.writeUnitsPerSecond = writeUnitsPerSecond
        self.status = status
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReadUnitsPerSecond", &readUnitsPerSecond)
        try members.optional("WriteUnitsPerSecond", &writeUnitsPerSecond)
        try members.optional("Status", &status)
    }
}

/// The throughput that an index bears at once.
public struct GlobalSecondaryIndexWarmThroughputDescription: Sendable, Hashable, JSONObject {
    /// Read units a second.
    public var readUnitsPerSecond: Int?
    /// Write units a second.
    public var writeUnitsPerSecond: Int?
    /// The present state.
    public var status: IndexStatus?

    /// Makes a value of its members.
    public init(readUnitsPerSecond: Int? = nil, writeUnitsPerSecond: Int? = nil, status: IndexStatus? = nil) {
        self.readUnitsPerSecond = readUnitsPerSecond
        self.writeUnitsPerSecond = writeUnitsPerSecond
        self.status = status
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReadUnitsPerSecond", &readUnitsPerSecond)
        try members.optional("WriteUnitsPerSecond", &writeUnitsPerSecond)
        try members.optional("Status", &status)
    }
}
