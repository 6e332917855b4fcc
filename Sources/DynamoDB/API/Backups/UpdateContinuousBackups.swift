/// Turns point-in-time recovery on or off.
///
/// Source: AWS, "UpdateContinuousBackups" in the Amazon DynamoDB API reference.
public struct UpdateContinuousBackupsInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// What it shall be.
    public var pointInTimeRecoverySpecification: PointInTimeRecoverySpecification

    /// Makes a request of its members.
    public init(tableName: String, pointInTimeRecoverySpecification: PointInTimeRecoverySpecification) {
        self.tableName = tableName
        self.pointInTimeRecoverySpecification = pointInTimeRecoverySpecification
    }

    package static var unread: Self {
        Self(
            tableName: "",
            pointInTimeRecoverySpecification: PointInTimeRecoverySpecification(pointInTimeRecoveryEnabled: false))
    }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("PointInTimeRecoverySpecification", &pointInTimeRecoverySpecification)
    }
}

/// What UpdateContinuousBackups returns.
public struct UpdateContinuousBackupsOutput: Sendable, Hashable, JSONObject {
    /// The state.
    public var continuousBackupsDescription: ContinuousBackupsDescription?

    /// Makes a response of its members.
    public init(continuousBackupsDescription: ContinuousBackupsDescription? = nil) {
        self.continuousBackupsDescription = continuousBackupsDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ContinuousBackupsDescription", &continuousBackupsDescription)
    }
}
