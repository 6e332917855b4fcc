/// The state of a backup.
///
/// AWS adds to these now and then; one not listed here is kept as it came.
public struct BackupStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `CREATING`.
    public static let creating = BackupStatus(rawValue: "CREATING")
    /// `DELETED`.
    public static let deleted = BackupStatus(rawValue: "DELETED")
    /// `AVAILABLE`.
    public static let available = BackupStatus(rawValue: "AVAILABLE")
}

/// Who made a backup.
///
/// AWS adds to these now and then; one not listed here is kept as it came.
public struct BackupType: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `USER`.
    public static let user = BackupType(rawValue: "USER")
    /// `SYSTEM`.
    public static let system = BackupType(rawValue: "SYSTEM")
    /// `AWS_BACKUP`.
    public static let awsBackup = BackupType(rawValue: "AWS_BACKUP")
}

/// A backup itself.
public struct BackupDetails: Sendable, Hashable, JSONObject {
    /// The backup's ARN.
    public var backupArn: String
    /// The backup's name, 3 to 255 characters.
    public var backupName: String
    /// Bytes of the table's items when the backup was made, by AWS's accounting.
    public var backupSizeBytes: Int?
    /// Whether the backup can be restored.
    public var backupStatus: BackupStatus
    /// Who made the backup.
    public var backupType: BackupType
    /// The moment that the backup shows, in seconds since 1970.
    public var backupCreationDateTime: Double
    /// When a system backup is deleted, in seconds since 1970.
    public var backupExpiryDateTime: Double?

    private init() { self = .unread }
}
