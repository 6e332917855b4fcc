/// Which attributes of an item an index holds beside the keys.
public struct Projection: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(projectionType: .all)
        try json.members(requiring: "ProjectionType") { json, key throws(DynamoDBError) in
            switch key {
            case "ProjectionType": projectionType = try json.value()
            case "NonKeyAttributes": nonKeyAttributes = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ProjectionType", projectionType)
            json.member("NonKeyAttributes", nonKeyAttributes)
        }
    }
}
