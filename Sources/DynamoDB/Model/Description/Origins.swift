/// What a restored table came from.
public struct RestoreSummary: Sendable, Hashable, JSONCodable {
    /// The moment restored, in seconds since 1970.
    public var restoreDateTime: Double
    /// Whether the restore still runs.
    public var restoreInProgress: Bool
    /// The backup's ARN.
    public var sourceBackupArn: String?
    /// The source table's ARN.
    public var sourceTableArn: String?

    /// Makes a value of its members.
    public init(
        restoreDateTime: Double,
        restoreInProgress: Bool,
        sourceBackupArn: String? = nil,
        sourceTableArn: String? = nil
    ) {
        self.restoreDateTime = restoreDateTime
        self.restoreInProgress = restoreInProgress
        self.sourceBackupArn = sourceBackupArn
        self.sourceTableArn = sourceTableArn
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(restoreDateTime: 0, restoreInProgress: false)
        try json.members(requiring: "RestoreDateTime", "RestoreInProgress") { json, key throws(DynamoDBError) in
            switch key {
            case "RestoreDateTime": restoreDateTime = try json.value()
            case "RestoreInProgress": restoreInProgress = try json.value()
            case "SourceBackupArn": sourceBackupArn = try json.value()
            case "SourceTableArn": sourceTableArn = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("RestoreDateTime", restoreDateTime)
            json.member("RestoreInProgress", restoreInProgress)
            json.member("SourceBackupArn", sourceBackupArn)
            json.member("SourceTableArn", sourceTableArn)
        }
    }
}

/// Why and where a table was archived.
public struct ArchivalSummary: Sendable, Hashable, JSONCodable {
    /// When the table was archived, in seconds since 1970.
    public var archivalDateTime: Double?
    /// Why the table was archived.
    public var archivalReason: String?
    /// The backup made of the archived table.
    public var archivalBackupArn: String?

    /// Makes a value of its members.
    public init(archivalDateTime: Double? = nil, archivalReason: String? = nil, archivalBackupArn: String? = nil) {
        self.archivalDateTime = archivalDateTime
        self.archivalReason = archivalReason
        self.archivalBackupArn = archivalBackupArn
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ArchivalDateTime": archivalDateTime = try json.value()
            case "ArchivalReason": archivalReason = try json.value()
            case "ArchivalBackupArn": archivalBackupArn = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ArchivalDateTime", archivalDateTime)
            json.member("ArchivalReason", archivalReason)
            json.member("ArchivalBackupArn", archivalBackupArn)
        }
    }
}
