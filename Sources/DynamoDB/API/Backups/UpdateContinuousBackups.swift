/// Turns point-in-time recovery on or off.
///
/// Source: AWS, "UpdateContinuousBackups" in the Amazon DynamoDB API reference.
public struct UpdateContinuousBackupsInput: Sendable, Hashable, JSONCodable {
    /// The table's name, or its ARN.
    public var tableName: String
    /// What it shall be.
    public var pointInTimeRecoverySpecification: PointInTimeRecoverySpecification

    /// Makes a request of its members.
    public init(tableName: String, pointInTimeRecoverySpecification: PointInTimeRecoverySpecification) {
        self.tableName = tableName
        self.pointInTimeRecoverySpecification = pointInTimeRecoverySpecification
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(
            tableName: "",
            pointInTimeRecoverySpecification: PointInTimeRecoverySpecification(pointInTimeRecoveryEnabled: false))
        try json.members(requiring: "TableName", "PointInTimeRecoverySpecification") {
            json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "PointInTimeRecoverySpecification": pointInTimeRecoverySpecification = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("PointInTimeRecoverySpecification", pointInTimeRecoverySpecification)
        }
    }
}

/// What UpdateContinuousBackups returns.
public struct UpdateContinuousBackupsOutput: Sendable, Hashable, JSONCodable {
    /// The state.
    public var continuousBackupsDescription: ContinuousBackupsDescription?

    /// Makes a response of its members.
    public init(continuousBackupsDescription: ContinuousBackupsDescription? = nil) {
        self.continuousBackupsDescription = continuousBackupsDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ContinuousBackupsDescription": continuousBackupsDescription = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ContinuousBackupsDescription", continuousBackupsDescription)
        }
    }
}
