/// Backs a table up.
///
/// Source: AWS, "CreateBackup" in the Amazon DynamoDB API reference.
public struct CreateBackupInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The name, 3 to 255 letters, digits, `_`, `-` and `.`; need not be unique.
    public var backupName: String

    private init() { self = .unread }
}

/// What CreateBackup returns.
public struct CreateBackupOutput: Sendable, Hashable, JSONObject {
    /// The new backup.
    public var backupDetails: BackupDetails?

    private init() { self = .unread }
}
