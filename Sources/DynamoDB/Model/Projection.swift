/// Which attributes of an item an index holds beside the keys.
public struct Projection: Sendable, Hashable, JSONObject {
    /// Which attributes an index holds.
    public enum ProjectionType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
        /// Every attribute of the item.
        case all = "ALL"
        /// The keys of the index and of the table.
        case keysOnly = "KEYS_ONLY"
        /// The keys, and the attributes named.
        case include = "INCLUDE"
    }

    /// All attributes, keys only, or some. An index cannot be made without it.
    public var projectionType: ProjectionType?
    /// Names beside the keys, for `include`; at most 100 over all indexes of a table.
    public var nonKeyAttributes: [String]?

    private init() { self = .unread }
}
