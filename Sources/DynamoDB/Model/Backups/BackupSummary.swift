/// A backup in a list of backups.
public struct BackupSummary: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "TableId": tableId = try json.value()
            case "TableArn": tableArn = try json.value()
            case "BackupArn": backupArn = try json.value()
            case "BackupName": backupName = try json.value()
            case "BackupCreationDateTime": backupCreationDateTime = try json.value()
            case "BackupExpiryDateTime": backupExpiryDateTime = try json.value()
            case "BackupStatus": backupStatus = try json.value()
            case "BackupType": backupType = try json.value()
            case "BackupSizeBytes": backupSizeBytes = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("TableId", tableId)
            json.member("TableArn", tableArn)
            json.member("BackupArn", backupArn)
            json.member("BackupName", backupName)
            json.member("BackupCreationDateTime", backupCreationDateTime)
            json.member("BackupExpiryDateTime", backupExpiryDateTime)
            json.member("BackupStatus", backupStatus)
            json.member("BackupType", backupType)
            json.member("BackupSizeBytes", backupSizeBytes)
        }
    }
}
