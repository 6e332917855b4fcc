internal import DynamoDB

/// What the catalogue keeps of a table: everything that a restart must not forget.
struct TableRecord: Sendable {
    /// The first four bytes of the table's keys; never used again, not even by a table of the same name.
    let id: UInt32
    /// Whose table it is; empty for one that all callers share.
    var namespace = ""
    /// AWS's TableId: a UUID.
    let uuid: String
    /// Seconds since 1970.
    let creation: Double
    /// `ACTIVE`; `CREATING` while the table is not there for reads and writes yet; `UPDATING` while a new index is made
    /// known to all writers; `DELETING` while the backup is made that a deleted table leaves.
    var status: TableStatus = .active
    /// The definition, as given to CreateTable and changed by UpdateTable.
    var definition: CreateTableInput
    /// The first four bytes of the keys of each index.
    var indexIDs: [String: UInt32]
    /// The indexes that do not hold all items yet.
    var backfills: Set<String> = []
    /// Names the resource-based policy of the definition.
    var policyRevision: String?
    /// When settings were changed, for descriptions.
    var history = TableHistory()
    /// The streams that can be read, oldest first; only the last one can be open.
    var streams: [TableStream] = []
    /// The expiry attribute; nil when expiry is off.
    var timeToLiveAttribute: String?
    /// Names the work of filling the order of expiry, while that does not hold all items yet.
    var expiryFilling: UInt64?
    /// nil when point-in-time recovery is off.
    var pointInTimeRecovery: PointInTimeRecovery?
    /// By index; the table's own has no name.
    var insights: [String: ContributorInsights] = [:]
    /// Where a restored table comes from.
    var restore: TableRestore?

    /// A new table's record.
    ///
    /// - Parameters:
    ///   - time: now, in seconds since 1970.
    ///   - newID: gives out new identifiers.
    init(_ definition: CreateTableInput, at time: Double, _ newID: () -> UInt32) {
        id = newID()
        uuid = randomUUID()
        creation = time
        self.definition = definition
        indexIDs = [:]
        for name in indexNames { indexIDs[name] = newID() }
    }

    var name: String { definition.tableName }

    /// The name among the tables of all namespaces.
    var fullName: String { TableRecord.fullName(name, in: namespace) }

    static func fullName(_ name: String, in namespace: String) -> String {
        namespace.isEmpty ? name : "\(namespace)/\(name)"
    }

    /// The names of all indexes, local ones first.
    var indexNames: [String] {
        (definition.localSecondaryIndexes ?? []).map(\.indexName)
            + (definition.globalSecondaryIndexes ?? []).map(\.indexName)
            + (definition.vectorIndexes ?? []).map(\.indexName)
    }
}

extension TableRecord {
    // Stored as an item: the item format is versioned already, and new fields need no new codec.
    private enum Field {
        static let id = "id"
        static let namespace = "namespace"
        static let status = "status"
        static let backfills = "backfills"
        static let policyRevision = "policyRevision"
        static let history = "history"
        static let streams = "streams"
        static let uuid = "uuid"
        static let creation = "creation"
        static let definition = "definition"
        static let indexIDs = "indexIDs"
        static let timeToLive = "timeToLive"
        static let pointInTimeRecovery = "pointInTimeRecovery"
        static let insights = "insights"
        static let restore = "restore"
        static let expiryFilling = "isExpiryFilling"
    }

    init(stored bytes: UnsafeRawBufferPointer) throws(StoredDataError) {
        let item = try StoredItem(bytes).item()
        guard case .number(let id) = item[Field.id], let id = UInt32(exactly: id),
            case .string(let uuid) = item[Field.uuid],
            case .number(let milliseconds) = item[Field.creation], let milliseconds = Int(exactly: milliseconds),
            case .binary(let json) = item[Field.definition],
            case .map(let indexes) = item[Field.indexIDs]
        else { throw .malformed }
        self.id = id
        self.uuid = uuid
        if case .string(let namespace) = item[Field.namespace] { self.namespace = namespace }
        creation = Double(milliseconds) / 1000
        do {
            definition = try CreateTableInput(jsonDocument: json)
        } catch {
            throw .malformed
        }
        indexIDs = [:]
        for (name, value) in indexes {
            guard case .number(let number) = value, let id = UInt32(exactly: number) else { throw .malformed }
            indexIDs[name] = id
        }
        if case .list(let values) = item[Field.streams] {
            for value in values { streams.append(try TableStream(stored: value)) }
        }
        if case .string(let attribute) = item[Field.timeToLive] { timeToLiveAttribute = attribute }
        if case .map(let map) = item[Field.pointInTimeRecovery] {
            pointInTimeRecovery = try PointInTimeRecovery(stored: map)
        }
        if case .map(let map) = item[Field.insights] {
            for (name, value) in map { insights[name] = try ContributorInsights(stored: value) }
        }
        if case .map(let map) = item[Field.restore] { restore = try TableRestore(stored: map) }
        switch item[Field.expiryFilling] {
        case .number(let number): expiryFilling = UInt64(exactly: number)
        // As it was kept at first.
        case .bool(true): expiryFilling = 0
        default: break
        }
        if case .string(let name) = item[Field.status] { status = TableStatus(rawValue: name) }
        if case .stringSet(let names) = item[Field.backfills] { backfills = Set(names) }
        if case .string(let revision) = item[Field.policyRevision] { policyRevision = revision }
        if case .map(let changes) = item[Field.history] { history = TableHistory(stored: changes) }
    }

    /// The form that ``init(stored:)`` reads.
    func stored() throws(DynamoDBError) -> [UInt8] {
        var item: Item = [
            Field.id: .number(DecimalNumber(id)),
            Field.uuid: .string(uuid),
            Field.creation: .number(DecimalNumber(Int((creation * 1000).rounded()))),
            Field.definition: .binary(definition.jsonDocument),
            Field.indexIDs: .map(Item(indexIDs.mapValues { .number(DecimalNumber($0)) })),
        ]
        if !namespace.isEmpty { item[Field.namespace] = .string(namespace) }
        if status != .active { item[Field.status] = .string(status.rawValue) }
        if !backfills.isEmpty { item[Field.backfills] = .stringSet(StringSet(backfills)) }
        if let policyRevision { item[Field.policyRevision] = .string(policyRevision) }
        if history != TableHistory() { item[Field.history] = .map(history.stored()) }
        if !streams.isEmpty { item[Field.streams] = .list(streams.map { $0.stored() }) }
        if let timeToLiveAttribute { item[Field.timeToLive] = .string(timeToLiveAttribute) }
        if let pointInTimeRecovery { item[Field.pointInTimeRecovery] = .map(pointInTimeRecovery.stored()) }
        if !insights.isEmpty { item[Field.insights] = .map(Item(insights.mapValues { $0.stored() })) }
        if let restore { item[Field.restore] = .map(restore.stored()) }
        item[Field.expiryFilling] = expiryFilling.map { .number(DecimalNumber($0)) }
        return try StoredItemEncoder.encode(item).bytes
    }
}
