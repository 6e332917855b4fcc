internal import DynamoDB
internal import Synchronization

/// A table, ready for use. Immutable but for its tallies: a changed definition is a new `Table`.
final class Table: Sendable {
    let record: TableRecord
    let key: KeyLayout
    let indexes: [Index]
    let limits: ThroughputLimits
    let tally: Tally
    /// Whether what items were before a change is recorded, for point-in-time recovery.
    let keepsHistory: Bool
    /// The stream that changes are written to.
    let openStream: TableStream?
    private let retired = Atomic(false)

    var id: UInt32 { record.id }
    var name: String { record.name }

    /// - Parameters:
    ///   - tallies: the tally of the table, under its identifier, and of each index, under the index's.
    init(_ record: TableRecord, tallies: [UInt32: Tally] = [:]) throws(StoredDataError) {
        let definition = record.definition
        var types: AttributeMap<ScalarAttributeType> = [:]
        for attribute in definition.attributeDefinitions { types[attribute.attributeName] = attribute.attributeType }
        let layout = { (schema: [KeySchemaElement]) throws(StoredDataError) -> KeyLayout in
            var partition: [KeyAttribute] = []
            var sort: [KeyAttribute] = []
            for element in schema {
                guard let type = types[element.attributeName] else { throw .malformed }
                let attribute = KeyAttribute(name: element.attributeName, type: type)
                if element.keyType == .hash { partition.append(attribute) } else { sort.append(attribute) }
            }
            return KeyLayout(partition: partition, sort: sort)
        }
        let key = try layout(definition.keySchema ?? [])
        let index = {
            (
                name: String, kind: Index.Kind, schema: [KeySchemaElement], projection: Projection,
                limits: ThroughputLimits, vector: VectorSpace?
            )
                throws(StoredDataError) -> Index in
            guard let id = record.indexIDs[name] else { throw .malformed }
            return Index(
                id: id, name: name, kind: kind, key: try layout(schema), table: key, projection: projection,
                vector: vector, isBackfilling: record.backfills.contains(name), limits: limits,
                tally: tallies[id] ?? Tally())
        }
        let limits = ThroughputLimits(definition.provisionedThroughput, definition.onDemandThroughput)
        var indexes: [Index] = []
        for local in definition.localSecondaryIndexes ?? [] {
            indexes.append(try index(local.indexName, .local, local.keySchema, local.projection, limits, nil))
        }
        for global in definition.globalSecondaryIndexes ?? [] {
            let limits = ThroughputLimits(global.provisionedThroughput, global.onDemandThroughput)
            indexes.append(try index(global.indexName, .global, global.keySchema, global.projection, limits, nil))
        }
        for vector in definition.vectorIndexes ?? [] {
            let filters = try layout(vector.keyAttributes(.inlineFilter)).partition
            let space = VectorSpace(
                attribute: vector.vectorAttribute.attributeName, dimensions: vector.dimensions,
                function: vector.distanceFunction, filters: filters)
            indexes.append(
                try index(
                    vector.indexName, .vector, vector.keyAttributes(.hash), vector.projection,
                    ThroughputLimits(nil, nil), space))
        }
        self.record = record
        keepsHistory = record.pointInTimeRecovery != nil
        openStream = record.openStream
        self.key = key
        // AWS names the first by name of those that a write does not fit.
        self.indexes = indexes.sorted { $0.name < $1.name }
        self.limits = limits
        tally = tallies[record.id] ?? Tally()
    }

    /// Tallies by identifier, for a `Table` that takes this one's place.
    var tallies: [UInt32: Tally] {
        var tallies = [id: tally]
        for index in indexes { tallies[index.id] = index.tally }
        return tallies
    }

    /// Where the table's items, records and index entries are kept.
    var dataRanges: [(ColumnFamily, KeyRange)] {
        [.items, .streams, .expiry, .history].map { ($0, ItemKey.range(of: id)) }
            + indexes.map { (.indexes, ItemKey.range(of: $0.id)) }
    }

    /// Whether the table can be read and written: it is not being created or deleted.
    var isInUse: Bool { record.status != .creating && record.status != .deleting }

    /// Whether the table was deleted or replaced. Writers look under their locks; see ``Stripes/waitForWriters()``.
    var isRetired: Bool { retired.load(ordering: .acquiring) }

    func retire() {
        retired.store(true, ordering: .releasing)
    }

    func index(named name: String) -> Index? {
        indexes.first { $0.name == name }
    }
}

extension VectorIndex {
    /// The attributes of a role, as a key has them.
    fileprivate func keyAttributes(_ role: SearchSchemaElementType) -> [KeySchemaElement] {
        (searchSchema ?? []).filter { $0.searchSchemaElementType == role }
            .map { KeySchemaElement(attributeName: $0.attributeName, keyType: .hash) }
    }
}
