internal import DynamoDB

/// What the catalogue keeps of a table: everything that a restart must not forget.
struct TableRecord: Sendable {
    /// The first four bytes of the table's keys; never used again, not even by a table of the same name.
    let id: UInt32
    /// AWS's TableId: a UUID.
    let uuid: String
    /// Seconds since 1970.
    let creation: Double
    /// The definition, as given to CreateTable.
    var definition: CreateTableInput
    /// The first four bytes of the keys of each index.
    var indexIDs: [String: UInt32]
    /// The expiry attribute; nil when expiry is off.
    var timeToLiveAttribute: String?

    var name: String { definition.tableName }
}

extension TableRecord {
    // Stored as an item: the item format is versioned already, and new fields need no new codec.
    private enum Field {
        static let id = "id"
        static let uuid = "uuid"
        static let creation = "creation"
        static let definition = "definition"
        static let indexIDs = "indexIDs"
        static let timeToLive = "timeToLive"
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
        if case .string(let attribute) = item[Field.timeToLive] { timeToLiveAttribute = attribute }
    }

    /// The form that ``init(stored:)`` reads.
    func stored() throws(DynamoDBError) -> [UInt8] {
        var item: Item = [
            Field.id: .number(DecimalNumber(id)),
            Field.uuid: .string(uuid),
            Field.creation: .number(DecimalNumber(Int((creation * 1000).rounded()))),
            Field.definition: .binary(definition.jsonDocument),
            Field.indexIDs: .map(indexIDs.mapValues { .number(DecimalNumber($0)) }),
        ]
        if let timeToLiveAttribute { item[Field.timeToLive] = .string(timeToLiveAttribute) }
        return try ItemEncoder.encode(item).bytes
    }
}
