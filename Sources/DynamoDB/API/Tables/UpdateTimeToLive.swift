/// Turns expiry of items on or off.
///
/// Source: AWS, "UpdateTimeToLive" in the Amazon DynamoDB API reference.
public struct UpdateTimeToLiveInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The expiry attribute, and whether expiry is on.
    public var timeToLiveSpecification: TimeToLiveSpecification

    /// Makes a request of its members.
    public init(tableName: String, timeToLiveSpecification: TimeToLiveSpecification) {
        self.tableName = tableName
        self.timeToLiveSpecification = timeToLiveSpecification
    }

    package static var unread: Self {
        Self(tableName: "", timeToLiveSpecification: .init(attributeName: "", enabled: false))
    }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("TimeToLiveSpecification", &timeToLiveSpecification)
    }
}

/// What UpdateTimeToLive returns.
public struct UpdateTimeToLiveOutput: Sendable, Hashable, JSONObject {
    /// The expiry attribute, and whether expiry is on.
    public var timeToLiveSpecification: TimeToLiveSpecification

    /// Makes a response of its members.
    public init(timeToLiveSpecification: TimeToLiveSpecification) {
        self.timeToLiveSpecification = timeToLiveSpecification
    }

    package static var unread: Self { Self(timeToLiveSpecification: .init(attributeName: "", enabled: false)) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TimeToLiveSpecification", &timeToLiveSpecification)
    }
}
