/// Turns expiry of items on or off.
///
/// Source: AWS, "UpdateTimeToLive" in the Amazon DynamoDB API reference.
public struct UpdateTimeToLiveInput: Sendable, Hashable {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The expiry attribute, and whether expiry is on.
    public var timeToLiveSpecification: TimeToLiveSpecification

    /// Makes a request of its members.
    public init(tableName: String, timeToLiveSpecification: TimeToLiveSpecification) {
        self.tableName = tableName
        self.timeToLiveSpecification = timeToLiveSpecification
    }
}

/// What UpdateTimeToLive returns.
public struct UpdateTimeToLiveOutput: Sendable, Hashable {
    /// The expiry attribute, and whether expiry is on.
    public var timeToLiveSpecification: TimeToLiveSpecification

    /// Makes a response of its members.
    public init(timeToLiveSpecification: TimeToLiveSpecification) {
        self.timeToLiveSpecification = timeToLiveSpecification
    }
}
