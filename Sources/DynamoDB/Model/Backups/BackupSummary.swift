/// A backup in a list of backups.
public struct BackupSummary: Sendable, Hashable, JSONObject {
    /// The name of the table that was backed up.
    public var tableName: String?
    /// That table's identifier.
    public var tableId: String?
    /// That table's ARN.
    public var tableArn: String?
    /// The backup's ARN.
    public var backupArn: String?
    /// The backup's name.
    public var backupName: String?
    /// The moment that the backup shows, in seconds since 1970.
    public var backupCreationDateTime: Double?
    /// When a system backup is deleted, in seconds since 1970.
    public var backupExpiryDateTime: Double?
    /// Whether the backup can be restored.
    public var backupStatus: BackupStatus?
    /// Who made the backup.
    public var backupType: BackupType?
    /// Bytes of the table's items when the backup was made, by AWS's accounting.
    public var backupSizeBytes: Int?

    private init() { self = .unread }
}
