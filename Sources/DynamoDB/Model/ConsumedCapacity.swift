/// The capacity that one operation used on one table.
public struct ConsumedCapacity: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "CapacityUnits": capacityUnits = try json.value()
            case "ReadCapacityUnits": readCapacityUnits = try json.value()
            case "WriteCapacityUnits": writeCapacityUnits = try json.value()
            case "Table": table = try json.value()
            case "LocalSecondaryIndexes": localSecondaryIndexes = try json.value()
            case "GlobalSecondaryIndexes": globalSecondaryIndexes = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("CapacityUnits", capacityUnits)
            json.member("ReadCapacityUnits", readCapacityUnits)
            json.member("WriteCapacityUnits", writeCapacityUnits)
            json.member("Table", table)
            json.member("LocalSecondaryIndexes", localSecondaryIndexes)
            json.member("GlobalSecondaryIndexes", globalSecondaryIndexes)
        }
    }
}

/// The capacity used on a table or an index.
public struct Capacity: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ReadCapacityUnits": readCapacityUnits = try json.value()
            case "WriteCapacityUnits": writeCapacityUnits = try json.value()
            case "CapacityUnits": capacityUnits = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ReadCapacityUnits", readCapacityUnits)
            json.member("WriteCapacityUnits", writeCapacityUnits)
            json.member("CapacityUnits", capacityUnits)
        }
    }
}
