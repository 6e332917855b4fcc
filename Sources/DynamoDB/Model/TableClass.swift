/// A table's storage class.
public enum TableClass: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `STANDARD`.
    case standard = "STANDARD"
    /// `STANDARD_INFREQUENT_ACCESS`.
    case standardInfrequentAccess = "STANDARD_INFREQUENT_ACCESS"
}

/// A table's storage class, and since when.
public struct TableClassSummary: Sendable, Hashable, JSONObject {
    /// The storage class.
    public var tableClass: TableClass?
    /// When the class was last changed, in seconds since 1970.
    public var lastUpdateDateTime: Double?

    private init() { self = .unread }
}
