/// The type of a key attribute: string, number or binary.
public enum ScalarAttributeType: String, Sendable, Hashable {
    case string = "S"
    case number = "N"
    case binary = "B"
}

/// The role of a key attribute in a table or an index.
public enum KeyType: String, Sendable, Hashable {
    /// The partition key.
    case hash = "HASH"
    /// The sort key.
    case range = "RANGE"
}

/// A key attribute's name and type.
public struct AttributeDefinition: Sendable, Hashable {
    public var attributeName: String
    public var attributeType: ScalarAttributeType
}

/// A key attribute's name and role.
public struct KeySchemaElement: Sendable, Hashable {
    public var attributeName: String
    public var keyType: KeyType
}

/// Which attributes of an item an index holds beside the keys.
public struct Projection: Sendable, Hashable {
    /// `ALL`, `KEYS_ONLY` or `INCLUDE`.
    public enum ProjectionType: String, Sendable, Hashable {
        case all = "ALL"
        case keysOnly = "KEYS_ONLY"
        case include = "INCLUDE"
    }
    public var projectionType: ProjectionType
    /// Names beside the keys, for `include`; at most 100 over all indexes of a table.
    public var nonKeyAttributes: [String]?
}

/// Capacity in units a second.
public struct ProvisionedThroughput: Sendable, Hashable {
    public var readCapacityUnits: Int
    public var writeCapacityUnits: Int
}

/// How a table's capacity is billed.
public enum BillingMode: String, Sendable, Hashable {
    case provisioned = "PROVISIONED"
    case payPerRequest = "PAY_PER_REQUEST"
}

/// A global secondary index, as given to CreateTable.
public struct GlobalSecondaryIndex: Sendable, Hashable {
    public var indexName: String
    public var keySchema: [KeySchemaElement]
    public var projection: Projection
    public var provisionedThroughput: ProvisionedThroughput?
}

/// What of a changed item a stream record holds.
public enum StreamViewType: String, Sendable, Hashable {
    case keysOnly = "KEYS_ONLY"
    case newImage = "NEW_IMAGE"
    case oldImage = "OLD_IMAGE"
    case newAndOldImages = "NEW_AND_OLD_IMAGES"
}

/// Whether a table has a stream, and of what view.
public struct StreamSpecification: Sendable, Hashable {
    public var streamEnabled: Bool
    public var streamViewType: StreamViewType?
}

/// The attribute that holds an item's expiry (seconds since 1970), and whether expiry is on.
public struct TimeToLiveSpecification: Sendable, Hashable {
    public var attributeName: String
    public var enabled: Bool
}
