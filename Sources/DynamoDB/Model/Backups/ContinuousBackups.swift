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
public struct PointInTimeRecoveryDescription: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("PointInTimeRecoveryStatus", &pointInTimeRecoveryStatus)
        try members.optional("RecoveryPeriodInDays", &recoveryPeriodInDays)
        try members.optional("EarliestRestorableDateTime", &earliestRestorableDateTime)
        try members.optional("LatestRestorableDateTime", &latestRestorableDateTime)
    }
}

/// The state of continuous backups.
public struct ContinuousBackupsDescription: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self(continuousBackupsStatus: .enabled) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ContinuousBackupsStatus", &continuousBackupsStatus)
        try members.optional("PointInTimeRecoveryDescription", &pointInTimeRecoveryDescription)
    }
}

/// What point-in-time recovery shall be.
public struct PointInTimeRecoverySpecification: Sendable, Hashable, JSONObject {
    /// Whether it is on.
    public var pointInTimeRecoveryEnabled: Bool
    /// How many days back a table can be restored: 1 to 35; 35 unless given.
    public var recoveryPeriodInDays: Int?

    /// Makes a value of its members.
    public init(pointInTimeRecoveryEnabled: Bool, recoveryPeriodInDays: Int? = nil) {
        self.pointInTimeRecoveryEnabled = pointInTimeRecoveryEnabled
        self.recoveryPeriodInDays = recoveryPeriodInDays
    }

    package static var unread: Self { Self(pointInTimeRecoveryEnabled: false) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("PointInTimeRecoveryEnabled", &pointInTimeRecoveryEnabled)
        try members.optional("RecoveryPeriodInDays", &recoveryPeriodInDays)
    }
}
