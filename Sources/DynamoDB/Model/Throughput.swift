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

    /// Makes a value of its members.
    public init(readCapacityUnits: Int, writeCapacityUnits: Int) {
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
    }

    package static var unread: Self { Self(readCapacityUnits: 0, writeCapacityUnits: 0) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ReadCapacityUnits", &readCapacityUnits)
        try members.required("WriteCapacityUnits", &writeCapacityUnits)
    }
}

/// Upper bounds of on-demand capacity; -1 lifts one.
public struct OnDemandThroughput: Sendable, Hashable, JSONObject {
    /// The most read request units a second.
    public var maxReadRequestUnits: Int?
    /// The most write request units a second.
    public var maxWriteRequestUnits: Int?

    /// Makes a value of its members.
    public init(maxReadRequestUnits: Int? = nil, maxWriteRequestUnits: Int? = nil) {
        self.maxReadRequestUnits = maxReadRequestUnits
        self.maxWriteRequestUnits = maxWriteRequestUnits
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("MaxReadRequestUnits", &maxReadRequestUnits)
        try members.optional("MaxWriteRequestUnits", &maxWriteRequestUnits)
    }
}

/// The throughput that a table or an index is to bear at once.
public struct WarmThroughput: Sendable, Hashable, JSONObject {
    /// Read units a second.
    public var readUnitsPerSecond: Int?
    /// Write units a second.
    public var writeUnitsPerSecond: Int?

    /// Makes a value of its members.
    public init(readUnitsPerSecond: Int? = nil, writeUnitsPerSecond: Int? = nil) {
        self.readUnitsPerSecond = readUnitsPerSecond
        self.writeUnitsPerSecond = writeUnitsPerSecond
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReadUnitsPerSecond", &readUnitsPerSecond)
        try members.optional("WriteUnitsPerSecond", &writeUnitsPerSecond)
    }
}
