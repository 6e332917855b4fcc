/// Makes a global table of the older version, 2017.11.29.
///
/// Source: AWS, "CreateGlobalTable" in the Amazon DynamoDB API reference.
public struct CreateGlobalTableInput: Sendable, Hashable, JSONObject {
    /// The global table's name.
    public var globalTableName: String
    /// The regions that have a replica.
    public var replicationGroup: [Replica]

    private init() { self = .unread }
}

/// A replica of a global table of the older version.
public struct Replica: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String?

    private init() { self = .unread }
}

/// What CreateGlobalTable returns.
public struct CreateGlobalTableOutput: Sendable, Hashable, JSONObject {
    /// The global table.
    public var globalTableDescription: GlobalTableDescription?

    private init() { self = .unread }
}

/// A global table of the older version, 2017.11.29.
public struct GlobalTableDescription: Sendable, Hashable, JSONObject {
    /// The regions that have a replica.
    public var replicationGroup: [ReplicaDescription]?
    /// The global table's ARN.
    public var globalTableArn: String?
    /// When it was created, in seconds since 1970.
    public var creationDateTime: Double?
    /// Whether it can be used.
    public var globalTableStatus: GlobalTableStatus?
    /// The global table's name.
    public var globalTableName: String?

    private init() { self = .unread }
}

/// A global table's state.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct GlobalTableStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `CREATING`.
    public static let creating = GlobalTableStatus(rawValue: "CREATING")
    /// `ACTIVE`.
    public static let active = GlobalTableStatus(rawValue: "ACTIVE")
    /// `DELETING`.
    public static let deleting = GlobalTableStatus(rawValue: "DELETING")
    /// `UPDATING`.
    public static let updating = GlobalTableStatus(rawValue: "UPDATING")
}

/// Describes a global table of the older version.
///
/// Source: AWS, "DescribeGlobalTable" in the Amazon DynamoDB API reference.
public struct DescribeGlobalTableInput: Sendable, Hashable, JSONObject {
    /// The global table's name.
    public var globalTableName: String

    private init() { self = .unread }
}

/// What DescribeGlobalTable returns.
public struct DescribeGlobalTableOutput: Sendable, Hashable, JSONObject {
    /// The global table.
    public var globalTableDescription: GlobalTableDescription?

    private init() { self = .unread }
}

/// Lists global tables of the older version, page by page.
///
/// Source: AWS, "ListGlobalTables" in the Amazon DynamoDB API reference.
public struct ListGlobalTablesInput: Sendable, Hashable, JSONObject {
    /// The name after which the page begins.
    public var exclusiveStartGlobalTableName: String?
    /// The most entries of a page.
    public var limit: Int?
    /// The AWS region.
    public var regionName: String?

    private init() { self = .unread }
}

/// What ListGlobalTables returns.
public struct ListGlobalTablesOutput: Sendable, Hashable, JSONObject {
    /// The global tables.
    public var globalTables: [GlobalTable]?
    /// Where the next page begins; nil at the end.
    public var lastEvaluatedGlobalTableName: String?

    private init() { self = .unread }
}

/// A global table of the older version, as ListGlobalTables tells of it.
public struct GlobalTable: Sendable, Hashable, JSONObject {
    /// The global table's name.
    public var globalTableName: String?
    /// The regions that have a replica.
    public var replicationGroup: [Replica]?

    private init() { self = .unread }
}

/// Adds replicas to a global table of the older version, or removes them.
///
/// Source: AWS, "UpdateGlobalTable" in the Amazon DynamoDB API reference.
public struct UpdateGlobalTableInput: Sendable, Hashable, JSONObject {
    /// The global table's name.
    public var globalTableName: String
    /// The replicas to be added and removed.
    public var replicaUpdates: [ReplicaUpdate]

    private init() { self = .unread }
}

/// A replica to be added to or removed from a global table: one of the two.
public struct ReplicaUpdate: Sendable, Hashable, JSONObject {
    /// A replica to be added.
    public var create: CreateReplicaAction?
    /// A replica to be removed.
    public var delete: DeleteReplicaAction?

    private init() { self = .unread }
}

/// A replica to be added.
public struct CreateReplicaAction: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String

    private init() { self = .unread }
}

/// A replica to be removed.
public struct DeleteReplicaAction: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String

    private init() { self = .unread }
}

/// What UpdateGlobalTable returns.
public struct UpdateGlobalTableOutput: Sendable, Hashable, JSONObject {
    /// The global table.
    public var globalTableDescription: GlobalTableDescription?

    private init() { self = .unread }
}
