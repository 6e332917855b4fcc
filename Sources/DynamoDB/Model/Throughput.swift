/// How a table's capacity is billed.
public enum BillingMode: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `PROVISIONED`.
    case provisioned = "PROVISIONED"
    /// `PAY_PER_REQUEST`.
    case payPerRequest = "PAY_PER_REQUEST"
}

/// Capacity in units a second.
public struct ProvisionedThroughput: Sendable, Hashable, JSONCodable {
    /// Strongly consistent reads of up to 4 KB a second.
    public var readCapacityUnits: Int
    /// Writes of up to 1 KB a second.
    public var writeCapacityUnits: Int

    /// Makes a value of its members.
    public init(readCapacityUnits: Int, writeCapacityUnits: Int) {
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(readCapacityUnits: 0, writeCapacityUnits: 0)
        try json.members(requiring: "ReadCapacityUnits", "WriteCapacityUnits") { json, key throws(DynamoDBError) in
            switch key {
            case "ReadCapacityUnits": readCapacityUnits = try json.value()
            case "WriteCapacityUnits": writeCapacityUnits = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ReadCapacityUnits", readCapacityUnits)
            json.member("WriteCapacityUnits", writeCapacityUnits)
        }
    }
}

/// Upper bounds of on-demand capacity; -1 lifts one.
public struct OnDemandThroughput: Sendable, Hashable, JSONCodable {
    /// The most read request units a second.
    public var maxReadRequestUnits: Int?
    /// The most write request units a second.
    public var maxWriteRequestUnits: Int?

    /// Makes a value of its members.
    public init(maxReadRequestUnits: Int? = nil, maxWriteRequestUnits: Int? = nil) {
        self.maxReadRequestUnits = maxReadRequestUnits
        self.maxWriteRequestUnits = maxWriteRequestUnits
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "MaxReadRequestUnits": maxReadRequestUnits = try json.value()
            case "MaxWriteRequestUnits": maxWriteRequestUnits = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("MaxReadRequestUnits", maxReadRequestUnits)
            json.member("MaxWriteRequestUnits", maxWriteRequestUnits)
        }
    }
}

/// The throughput that a table or an index is to bear at once.
public struct WarmThroughput: Sendable, Hashable, JSONCodable {
    /// Read units a second.
    public var readUnitsPerSecond: Int?
    /// Write units a second.
    public var writeUnitsPerSecond: Int?

    /// Makes a value of its members.
    public init(readUnitsPerSecond: Int? = nil, writeUnitsPerSecond: Int? = nil) {
        self.readUnitsPerSecond = readUnitsPerSecond
        self.writeUnitsPerSecond = writeUnitsPerSecond
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ReadUnitsPerSecond": readUnitsPerSecond = try json.value()
            case "WriteUnitsPerSecond": writeUnitsPerSecond = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ReadUnitsPerSecond", readUnitsPerSecond)
            json.member("WriteUnitsPerSecond", writeUnitsPerSecond)
        }
    }
}
