/// A stream, as ListStreams tells of it: AWS's shape `Stream`.
public struct StreamSummary: Sendable, Hashable, JSONObject {
    /// The stream's ARN.
    public var streamArn: String?
    /// The table whose changes it holds.
    public var tableName: String?
    /// When it was made: with the table's name unique in the account.
    public var streamLabel: String?

    private init() { self = .unread }
}
