/// Turns expiry of items on or off.
///
/// Source: AWS, "UpdateTimeToLive" in the Amazon DynamoDB API reference.
public struct UpdateTimeToLiveInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The expiry attribute, and whether expiry is on.
    public var timeToLiveSpecification: TimeToLiveSpecification

    private init() { self = .unread }
}

/// What UpdateTimeToLive returns.
public struct UpdateTimeToLiveOutput: Sendable, Hashable, JSONObject {
    /// The expiry attribute, and whether expiry is on.
    public var timeToLiveSpecification: TimeToLiveSpecification

    private init() { self = .unread }
}
