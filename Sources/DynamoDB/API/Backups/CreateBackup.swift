/// Backs a table up.
///
/// Source: AWS, "CreateBackup" in the Amazon DynamoDB API reference.
public struct CreateBackupInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The name, 3 to 255 letters, digits, `_`, `-` and `.`; need not be unique.
    public var backupName: String

    /// Makes a request of its members.
    public init(tableName: String, backupName: String) {
        self.tableName = tableName
        self.backupName = backupName
    }

    package static var unread: Self { Self(tableName: "", backupName: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("BackupName", &backupName)
    }
}

/// What CreateBackup returns.
public struct CreateBackupOutput: Sendable, Hashable, JSONObject {
    /// The new backup.
    public var backupDetails: BackupDetails?

    /// Makes a response of its members.
    public init(backupDetails: BackupDetails? = nil) {
        self.backupDetails = backupDetails
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("BackupDetails", &backupDetails)
    }
}
