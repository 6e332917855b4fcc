/// What of a changed item a stream record holds.
public enum StreamViewType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `NEW_IMAGE`.
    case newImage = "NEW_IMAGE"
    /// `OLD_IMAGE`.
    case oldImage = "OLD_IMAGE"
    /// `NEW_AND_OLD_IMAGES`.
    case newAndOldImages = "NEW_AND_OLD_IMAGES"
    /// `KEYS_ONLY`.
    case keysOnly = "KEYS_ONLY"
}

/// Whether a table has a stream, and of what view.
public struct StreamSpecification: Sendable, Hashable, JSONObject {
    /// Whether changes are written to a stream.
    public var streamEnabled: Bool
    /// What of a changed item a record holds.
    public var streamViewType: StreamViewType?

    private init() { self = .unread }
}
