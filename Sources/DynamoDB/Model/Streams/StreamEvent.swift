/// What happened to an item: AWS's shape `OperationType`.
public enum StreamEventName: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// It is new.
    case insert = "INSERT"
    /// It has changed.
    case modify = "MODIFY"
    /// It was deleted.
    case remove = "REMOVE"
}

/// One change of one item: AWS's shape `Record`.
///
/// Source: AWS, "Record" in the Amazon DynamoDB API reference.
public struct StreamEvent: Sendable, Hashable, JSONObject {
    /// Unique among all changes.
    public var eventID: String?
    /// What happened.
    public var eventName: StreamEventName?
    /// The version of this form: `1.1`.
    public var eventVersion: String?
    /// `aws:dynamodb`.
    public var eventSource: String?
    /// The table's region.
    public var awsRegion: String?
    /// The item before and after.
    public var dynamodb: StreamRecord?
    /// Who made the change, if it was DynamoDB itself: a deletion by expiry.
    public var userIdentity: StreamIdentity?

    private init() { self = .unread }
}

/// Who made a change: AWS's shape `Identity`.
public struct StreamIdentity: Sendable, Hashable, JSONObject {
    /// `dynamodb.amazonaws.com` for a deletion by expiry.
    public var principalId: String?
    /// `Service` for a deletion by expiry.
    public var type: String?

    private init() { self = .unread }
}
