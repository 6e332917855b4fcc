/// Turns point-in-time recovery on or off.
///
/// Source: AWS, "UpdateContinuousBackups" in the Amazon DynamoDB API reference.
public struct UpdateContinuousBackupsInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// What it shall be.
    public var pointInTimeRecoverySpecification: PointInTimeRecoverySpecification

    private init() { self = .unread }
}

/// What UpdateContinuousBackups returns.
public struct UpdateContinuousBackupsOutput: Sendable, Hashable, JSONObject {
    /// The state.
    public var continuousBackupsDescription: ContinuousBackupsDescription?

    private init() { self = .unread }
}
