/// Deletes a backup.
///
/// Source: AWS, "DeleteBackup" in the Amazon DynamoDB API reference.
public struct DeleteBackupInput: Sendable, Hashable, JSONObject {
    /// The backup's ARN.
    public var backupArn: String

    /// Makes a request of its members.
    public init(backupArn: String) {
        self.backupArn = backupArn
    }

    package static var unread: Self { Self(backupArn: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("BackupArn", &backupArn)
    }
}

/// What DeleteBackup returns.
public struct DeleteBackupOutput: Sendable, Hashable, JSONObject {
    /// The backup.
    public var backupDescription: BackupDescription?

    /// Makes a response of its members.
    public init(backupDescription: BackupDescription? = nil) {
        self.backupDescription = backupDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("BackupDescription", &backupDescription)
    }
}
