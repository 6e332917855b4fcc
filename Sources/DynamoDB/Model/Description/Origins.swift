/// What a restored table came from.
public struct RestoreSummary: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self(restoreDateTime: 0, restoreInProgress: false) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RestoreDateTime", &restoreDateTime)
        try members.required("RestoreInProgress", &restoreInProgress)
        try members.optional("SourceBackupArn", &sourceBackupArn)
        try members.optional("SourceTableArn", &sourceTableArn)
    }
}

/// Why and where a table was archived.
public struct ArchivalSummary: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ArchivalDateTime", &archivalDateTime)
        try members.optional("ArchivalReason", &archivalReason)
        try members.optional("ArchivalBackupArn", &archivalBackupArn)
    }
}
