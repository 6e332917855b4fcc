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

    /// All attributes, keys only, or some.
    public var projectionType: ProjectionType
    /// Names beside the keys, for `include`; at most 100 over all indexes of a table.
    public var nonKeyAttributes: [String]?

    /// Makes a value of its members.
    public init(projectionType: ProjectionType, nonKeyAttributes: [String]? = nil) {
        self.projectionType = projectionType
        self.nonKeyAttributes = nonKeyAttributes
    }

    package static var unread: Self { Self(projectionType: .all) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ProjectionType", &projectionType)
        try members.optional("NonKeyAttributes", &nonKeyAttributes)
    }
}
