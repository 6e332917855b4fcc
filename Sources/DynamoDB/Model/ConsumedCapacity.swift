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

    /// Makes a value of its members.
    public init(
        tableName: String? = nil,
        capacityUnits: Double? = nil,
        readCapacityUnits: Double? = nil,
        writeCapacityUnits: Double? = nil,
        table: Capacity? = nil,
        localSecondaryIndexes: [String: Capacity]? = nil,
        globalSecondaryIndexes: [String: Capacity]? = nil
    ) {
        self.tableName = tableName
        self.capacityUnits = capacityUnits
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
        self.table = table
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("CapacityUnits", &capacityUnits)
        try members.optional("ReadCapacityUnits", &readCapacityUnits)
        try members.optional("WriteCapacityUnits", &writeCapacityUnits)
        try members.optional("Table", &table)
        try members.optional("LocalSecondaryIndexes", &localSecondaryIndexes)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
    }
}

/// The capacity used on a table or an index.
public struct Capacity: Sendable, Hashable, JSONObject {
    /// Read capacity units used.
    public var readCapacityUnits: Double?
    /// Write capacity units used.
    public var writeCapacityUnits: Double?
    /// Capacity units used in all.
    public var capacityUnits: Double?

    /// Makes a value of its members.
    public init(readCapacityUnits: Double? = nil, writeCapacityUnits: Double? = nil, capacityUnits: Double? = nil) {
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
        self.capacityUnits = capacityUnits
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReadCapacityUnits", &readCapacityUnits)
        try members.optional("WriteCapacityUnits", &writeCapacityUnits)
        try members.optional("CapacityUnits", &capacityUnits)
    }
}
