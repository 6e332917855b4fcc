/// The attribute that holds an item's expiry (seconds since 1970), and whether expiry is on.
public struct TimeToLiveSpecification: Sendable, Hashable, JSONObject {
    /// The attribute's name.
    public var attributeName: String
    /// Whether expired items are deleted.
    public var enabled: Bool

    private init() { self = .unread }
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
public struct TimeToLiveDescription: Sendable, Hashable, JSONObject {
    /// Whether expiry is on, off or changing.
    public var timeToLiveStatus: TimeToLiveStatus
    /// The attribute that holds the expiry, in seconds since 1970.
    public var attributeName: String?

    private init() { self = .unread }
}
