/// What happened to an item.
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

    /// Makes a value of its members.
    public init(
        eventID: String? = nil,
        eventName: StreamEventName? = nil,
        eventVersion: String? = nil,
        eventSource: String? = nil,
        awsRegion: String? = nil,
        dynamodb: StreamRecord? = nil,
        userIdentity: StreamIdentity? = nil
    ) {
        self.eventID = eventID
        self.eventName = eventName
        self.eventVersion = eventVersion
        self.eventSource = eventSource
        self.awsRegion = awsRegion
        self.dynamodb = dynamodb
        self.userIdentity = userIdentity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("eventID", &eventID)
        try members.optional("eventName", &eventName)
        try members.optional("eventVersion", &eventVersion)
        try members.optional("eventSource", &eventSource)
        try members.optional("awsRegion", &awsRegion)
        try members.optional("dynamodb", &dynamodb)
        try members.optional("userIdentity", &userIdentity)
    }
}

/// Who made a change: AWS's shape `Identity`.
public struct StreamIdentity: Sendable, Hashable, JSONObject {
    /// `dynamodb.amazonaws.com` for a deletion by expiry.
    public var principalId: String?
    /// `Service` for a deletion by expiry.
    public var type: String?

    /// Makes a value of its members.
    public init(principalId: String? = nil, type: String? = nil) {
        self.principalId = principalId
        self.type = type
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("PrincipalId", &principalId)
        try members.optional("Type", &type)
    }
}
