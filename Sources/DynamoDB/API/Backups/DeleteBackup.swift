/// Deletes a backup.
///
/// Source: AWS, "DeleteBackup" in the Amazon DynamoDB API reference.
public struct DeleteBackupInput: Sendable, Hashable, JSONCodable {
    /// The backup's ARN.
    public var backupArn: String

    /// Makes a request of its members.
    public init(backupArn: String) {
        self.backupArn = backupArn
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(backupArn: "")
        try json.members(requiring: "BackupArn") { json, key throws(DynamoDBError) in
            switch key {
            case "BackupArn": backupArn = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("BackupArn", backupArn)
        }
    }
}

/// What DeleteBackup returns.
public struct DeleteBackupOutput: Sendable, Hashable, JSONCodable {
    /// The backup.
    public var backupDescription: BackupDescription?

    /// Makes a response of its members.
    public init(backupDescription: BackupDescription? = nil) {
        self.backupDescription = backupDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "BackupDescription": backupDescription = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("BackupDescription", backupDescription)
        }
    }
}
