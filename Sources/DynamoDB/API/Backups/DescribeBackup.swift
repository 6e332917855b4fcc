/// Describes a backup.
///
/// Source: AWS, "DescribeBackup" in the Amazon DynamoDB API reference.
public struct DescribeBackupInput: Sendable, Hashable, JSONObject {
    /// The backup's ARN.
    public var backupArn: String

    private init() { self = .unread }
}

/// What DescribeBackup returns.
public struct DescribeBackupOutput: Sendable, Hashable, JSONObject {
    /// The backup.
    public var backupDescription: BackupDescription?

    private init() { self = .unread }
}
