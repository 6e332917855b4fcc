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
public struct StreamEvent: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "eventID": eventID = try json.value()
            case "eventName": eventName = try json.value()
            case "eventVersion": eventVersion = try json.value()
            case "eventSource": eventSource = try json.value()
            case "awsRegion": awsRegion = try json.value()
            case "dynamodb": dynamodb = try json.value()
            case "userIdentity": userIdentity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("eventID", eventID)
            json.member("eventName", eventName)
            json.member("eventVersion", eventVersion)
            json.member("eventSource", eventSource)
            json.member("awsRegion", awsRegion)
            json.member("dynamodb", dynamodb)
            json.member("userIdentity", userIdentity)
        }
    }
}

/// Who made a change: AWS's shape `Identity`.
public struct StreamIdentity: Sendable, Hashable, JSONCodable {
    /// `dynamodb.amazonaws.com` for a deletion by expiry.
    public var principalId: String?
    /// `Service` for a deletion by expiry.
    public var type: String?

    /// Makes a value of its members.
    public init(principalId: String? = nil, type: String? = nil) {
        self.principalId = principalId
        self.type = type
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "PrincipalId": principalId = try json.value()
            case "Type": type = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("PrincipalId", principalId)
            json.member("Type", type)
        }
    }
}
