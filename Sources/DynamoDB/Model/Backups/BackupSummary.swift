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

    /// Makes a value of its members.
    public init(
        tableName: String? = nil,
        tableId: String? = nil,
        tableArn: String? = nil,
        backupArn: String? = nil,
        backupName: String? = nil,
        backupCreationDateTime: Double? = nil,
        backupExpiryDateTime: Double? = nil,
        backupStatus: BackupStatus? = nil,
        backupType: BackupType? = nil,
        backupSizeBytes: Int? = nil
    ) {
        self.tableName = tableName
        self.tableId = tableId
        self.tableArn = tableArn
        self.backupArn = backupArn
        self.backupName = backupName
        self.backupCreationDateTime = backupCreationDateTime
        self.backupExpiryDateTime = backupExpiryDateTime
        self.backupStatus = backupStatus
        self.backupType = backupType
        self.backupSizeBytes = backupSizeBytes
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("TableId", &tableId)
        try members.optional("TableArn", &tableArn)
        try members.optional("BackupArn", &backupArn)
        try members.optional("BackupName", &backupName)
        try members.optional("BackupCreationDateTime", &backupCreationDateTime)
        try members.optional("BackupExpiryDateTime", &backupExpiryDateTime)
        try members.optional("BackupStatus", &backupStatus)
        try members.optional("BackupType", &backupType)
        try members.optional("BackupSizeBytes", &backupSizeBytes)
    }
}
