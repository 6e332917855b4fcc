/// A table's or an index's provisioned capacity, and when it last changed.
public struct ProvisionedThroughputDescription: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "LastIncreaseDateTime": lastIncreaseDateTime = try json.value()
            case "LastDecreaseDateTime": lastDecreaseDateTime = try json.value()
            case "NumberOfDecreasesToday": numberOfDecreasesToday = try json.value()
            case "ReadCapacityUnits": readCapacityUnits = try json.value()
            case "WriteCapacityUnits": writeCapacityUnits = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("LastIncreaseDateTime", lastIncreaseDateTime)
            json.member("LastDecreaseDateTime", lastDecreaseDateTime)
            json.member("NumberOfDecreasesToday", numberOfDecreasesToday)
            json.member("ReadCapacityUnits", readCapacityUnits)
            json.member("WriteCapacityUnits", writeCapacityUnits)
        }
    }
}

/// How a table's capacity is billed, and since when.
public struct BillingModeSummary: Sendable, Hashable, JSONCodable {
    /// Provisioned, or on demand.
    public var billingMode: BillingMode?
    /// When the table went on demand, in seconds since 1970.
    public var lastUpdateToPayPerRequestDateTime: Double?

    /// Makes a value of its members.
    public init(billingMode: BillingMode? = nil, lastUpdateToPayPerRequestDateTime: Double? = nil) {
        self.billingMode = billingMode
        self.lastUpdateToPayPerRequestDateTime = lastUpdateToPayPerRequestDateTime
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "BillingMode": billingMode = try json.value()
            case "LastUpdateToPayPerRequestDateTime": lastUpdateToPayPerRequestDateTime = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("BillingMode", billingMode)
            json.member("LastUpdateToPayPerRequestDateTime", lastUpdateToPayPerRequestDateTime)
        }
    }
}

/// The throughput that a table bears at once.
public struct TableWarmThroughputDescription: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ReadUnitsPerSecond": readUnitsPerSecond = try json.value()
            case "WriteUnitsPerSecond": writeUnitsPerSecond = try json.value()
            case "Status": status = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ReadUnitsPerSecond", readUnitsPerSecond)
            json.member("WriteUnitsPerSecond", writeUnitsPerSecond)
            json.member("Status", status)
        }
    }
}

/// The throughput that an index bears at once.
public struct GlobalSecondaryIndexWarmThroughputDescription: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ReadUnitsPerSecond": readUnitsPerSecond = try json.value()
            case "WriteUnitsPerSecond": writeUnitsPerSecond = try json.value()
            case "Status": status = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ReadUnitsPerSecond", readUnitsPerSecond)
            json.member("WriteUnitsPerSecond", writeUnitsPerSecond)
            json.member("Status", status)
        }
    }
}
