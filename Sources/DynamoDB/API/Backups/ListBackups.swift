/// Which backups to list.
///
/// AWS adds to these now and then; one not listed here is kept as it came.
public struct BackupTypeFilter: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `USER`.
    public static let user = BackupTypeFilter(rawValue: "USER")
    /// `SYSTEM`.
    public static let system = BackupTypeFilter(rawValue: "SYSTEM")
    /// `AWS_BACKUP`.
    public static let awsBackup = BackupTypeFilter(rawValue: "AWS_BACKUP")
    /// `ALL`.
    public static let all = BackupTypeFilter(rawValue: "ALL")
}

/// Asks for a page of backups.
///
/// Source: AWS, "ListBackups" in the Amazon DynamoDB API reference.
public struct ListBackupsInput: Sendable, Hashable, JSONObject {
    /// Only backups of the table of this name or ARN.
    public var tableName: String?
    /// The most backups to return: 1 to 100.
    public var limit: Int?
    /// Only backups from this moment on, in seconds since 1970.
    public var timeRangeLowerBound: Double?
    /// Only backups before this moment, in seconds since 1970.
    public var timeRangeUpperBound: Double?
    /// The last page's ``ListBackupsOutput/lastEvaluatedBackupArn``, to go on after it.
    public var exclusiveStartBackupArn: String?
    /// Only backups of this type; `USER` unless given.
    public var backupType: BackupTypeFilter?

    private init() { self = .unread }
}

/// What ListBackups returns.
public struct ListBackupsOutput: Sendable, Hashable, JSONObject {
    /// Backups in the order of their creation.
    public var backupSummaries: [BackupSummary]?
    /// Where this page ended; nil when there is nothing more.
    public var lastEvaluatedBackupArn: String?

    private init() { self = .unread }
}
