/// Backs a table up.
///
/// Source: AWS, "CreateBackup" in the Amazon DynamoDB API reference.
public struct CreateBackupInput: Sendable, Hashable, JSONCodable {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The name, 3 to 255 letters, digits, `_`, `-` and `.`; need not be unique.
    public var backupName: String

    /// Makes a request of its members.
    public init(tableName: String, backupName: String) {
        self.tableName = tableName
        self.backupName = backupName
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "", backupName: "")
        try json.members(requiring: "TableName", "BackupName") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "BackupName": backupName = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("BackupName", backupName)
        }
    }
}

/// What CreateBackup returns.
public struct CreateBackupOutput: Sendable, Hashable, JSONCodable {
    /// The new backup.
    public var backupDetails: BackupDetails?

    /// Makes a response of its members.
    public init(backupDetails: BackupDetails? = nil) {
        self.backupDetails = backupDetails
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "BackupDetails": backupDetails = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("BackupDetails", backupDetails)
        }
    }
}
