/// The attribute that holds an item's expiry (seconds since 1970), and whether expiry is on.
public struct TimeToLiveSpecification: Sendable, Hashable, JSONCodable {
    /// The attribute's name.
    public var attributeName: String
    /// Whether expired items are deleted.
    public var enabled: Bool

    /// Makes a value of its members.
    public init(attributeName: String, enabled: Bool) {
        self.attributeName = attributeName
        self.enabled = enabled
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(attributeName: "", enabled: false)
        try json.members(requiring: "AttributeName", "Enabled") { json, key throws(DynamoDBError) in
            switch key {
            case "AttributeName": attributeName = try json.value()
            case "Enabled": enabled = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("AttributeName", attributeName)
            json.member("Enabled", enabled)
        }
    }
}

/// A state of expiry.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct TimeToLiveStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `ENABLING`.
    public static let enabling = TimeToLiveStatus(rawValue: "ENABLING")
    /// `DISABLING`.
    public static let disabling = TimeToLiveStatus(rawValue: "DISABLING")
    /// `ENABLED`.
    public static let enabled = TimeToLiveStatus(rawValue: "ENABLED")
    /// `DISABLED`.
    public static let disabled = TimeToLiveStatus(rawValue: "DISABLED")
}

/// A table's state of expiry.
public struct TimeToLiveDescription: Sendable, Hashable, JSONCodable {
    /// Whether expiry is on, off or changing.
    public var timeToLiveStatus: TimeToLiveStatus
    /// The attribute that holds the expiry, in seconds since 1970.
    public var attributeName: String?

    /// Makes a value of its members.
    public init(timeToLiveStatus: TimeToLiveStatus, attributeName: String? = nil) {
        self.timeToLiveStatus = timeToLiveStatus
        self.attributeName = attributeName
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(timeToLiveStatus: .disabled)
        try json.members(requiring: "TimeToLiveStatus") { json, key throws(DynamoDBError) in
            switch key {
            case "TimeToLiveStatus": timeToLiveStatus = try json.value()
            case "AttributeName": attributeName = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TimeToLiveStatus", timeToLiveStatus)
            json.member("AttributeName", attributeName)
        }
    }
}
