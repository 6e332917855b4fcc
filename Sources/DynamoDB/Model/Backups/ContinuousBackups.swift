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

    private init() { self = .unread }
}

/// The state of continuous backups.
public struct ContinuousBackupsDescription: Sendable, Hashable, JSONObject {
    /// Always on.
    public var continuousBackupsStatus: ContinuousBackupsStatus
    /// The state of point-in-time recovery.
    public var pointInTimeRecoveryDescription: PointInTimeRecoveryDescription?

    private init() { self = .unread }
}

/// What point-in-time recovery shall be.
public struct PointInTimeRecoverySpecification: Sendable, Hashable, JSONObject {
    /// Whether it is on.
    public var pointInTimeRecoveryEnabled: Bool
    /// How many days back a table can be restored: 1 to 35; 35 unless given.
    public var recoveryPeriodInDays: Int?

    private init() { self = .unread }
}
