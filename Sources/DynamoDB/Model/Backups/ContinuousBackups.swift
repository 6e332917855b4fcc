/// Whether a table has continuous backups, or point-in-time recovery.
///
/// AWS adds to these now and then; one not listed here is kept as it came.
public struct ContinuousBackupsStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `ENABLED`.
    public static let enabled = ContinuousBackupsStatus(rawValue: "ENABLED")
    /// `DISABLED`.
    public static let disabled = ContinuousBackupsStatus(rawValue: "DISABLED")
}

/// The state of point-in-time recovery.
public struct PointInTimeRecoveryDescription: Sendable, Hashable, JSONCodable {
    /// Whether it is on.
    public var pointInTimeRecoveryStatus: ContinuousBackupsStatus?
    /// How many days back a table can be restored: 1 to 35.
    public var recoveryPeriodInDays: Int?
    /// The earliest moment that can be restored, in seconds since 1970.
    public var earliestRestorableDateTime: Double?
    /// The latest moment that can be restored, in seconds since 1970.
    public var latestRestorableDateTime: Double?

    /// Makes a value of its members.
    public init(
        pointInTimeRecoveryStatus: ContinuousBackupsStatus? = nil,
        recoveryPeriodInDays: Int? = nil,
        earliestRestorableDateTime: Double? = nil,
        latestRestorableDateTime: Double? = nil
    ) {
        self.pointInTimeRecoveryStatus = pointInTimeRecoveryStatus
        self.recoveryPeriodInDays = recoveryPeriodInDays
        self.earliestRestorableDateTime = earliestRestorableDateTime
        self.latestRestorableDateTime = latestRestorableDateTime
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "PointInTimeRecoveryStatus": pointInTimeRecoveryStatus = try json.value()
            case "RecoveryPeriodInDays": recoveryPeriodInDays = try json.value()
            case "EarliestRestorableDateTime": earliestRestorableDateTime = try json.value()
            case "LatestRestorableDateTime": latestRestorableDateTime = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("PointInTimeRecoveryStatus", pointInTimeRecoveryStatus)
            json.member("RecoveryPeriodInDays", recoveryPeriodInDays)
            json.member("EarliestRestorableDateTime", earliestRestorableDateTime)
            json.member("LatestRestorableDateTime", latestRestorableDateTime)
        }
    }
}

/// The state of continuous backups.
public struct ContinuousBackupsDescription: Sendable, Hashable, JSONCodable {
    /// Always on.
    public var continuousBackupsStatus: ContinuousBackupsStatus
    /// The state of point-in-time recovery.
    public var pointInTimeRecoveryDescription: PointInTimeRecoveryDescription?

    /// Makes a value of its members.
    public init(
        continuousBackupsStatus: ContinuousBackupsStatus,
        pointInTimeRecoveryDescription: PointInTimeRecoveryDescription? = nil
    ) {
        self.continuousBackupsStatus = continuousBackupsStatus
        self.pointInTimeRecoveryDescription = pointInTimeRecoveryDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(continuousBackupsStatus: .enabled)
        try json.members(requiring: "ContinuousBackupsStatus") { json, key throws(DynamoDBError) in
            switch key {
            case "ContinuousBackupsStatus": continuousBackupsStatus = try json.value()
            case "PointInTimeRecoveryDescription": pointInTimeRecoveryDescription = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ContinuousBackupsStatus", continuousBackupsStatus)
            json.member("PointInTimeRecoveryDescription", pointInTimeRecoveryDescription)
        }
    }
}

/// What point-in-time recovery shall be.
public struct PointInTimeRecoverySpecification: Sendable, Hashable, JSONCodable {
    /// Whether it is on.
    public var pointInTimeRecoveryEnabled: Bool
    /// How many days back a table can be restored: 1 to 35; 35 unless given.
    public var recoveryPeriodInDays: Int?

    /// Makes a value of its members.
    public init(pointInTimeRecoveryEnabled: Bool, recoveryPeriodInDays: Int? = nil) {
        self.pointInTimeRecoveryEnabled = pointInTimeRecoveryEnabled
        self.recoveryPeriodInDays = recoveryPeriodInDays
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(pointInTimeRecoveryEnabled: false)
        try json.members(requiring: "PointInTimeRecoveryEnabled") { json, key throws(DynamoDBError) in
            switch key {
            case "PointInTimeRecoveryEnabled": pointInTimeRecoveryEnabled = try json.value()
            case "RecoveryPeriodInDays": recoveryPeriodInDays = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("PointInTimeRecoveryEnabled", pointInTimeRecoveryEnabled)
            json.member("RecoveryPeriodInDays", recoveryPeriodInDays)
        }
    }
}
