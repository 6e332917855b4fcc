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

    private init() { self = .unread }
}

/// Why and where a table was archived.
public struct ArchivalSummary: Sendable, Hashable, JSONObject {
    /// When the table was archived, in seconds since 1970.
    public var archivalDateTime: Double?
    /// Why the table was archived.
    public var archivalReason: String?
    /// The backup made of the archived table.
    public var archivalBackupArn: String?

    private init() { self = .unread }
}
