/// Deletes a backup.
///
/// Source: AWS, "DeleteBackup" in the Amazon DynamoDB API reference.
public struct DeleteBackupInput: Sendable, Hashable, JSONObject {
    /// The backup's ARN.
    public var backupArn: String

    private init() { self = .unread }
}

/// What DeleteBackup returns.
public struct DeleteBackupOutput: Sendable, Hashable, JSONObject {
    /// The backup.
    public var backupDescription: BackupDescription?

    private init() { self = .unread }
}
