internal import DynamoDB

/// A secondary index, ready for use: its definition resolved against its table's.
final class Index: Sendable {
    enum Kind: Sendable {
        case global
        case local
        case vector
    }

    /// The first four bytes of the index's keys.
    let id: UInt32
    let name: String
    let kind: Kind
    let key: KeyLayout
    /// The table's key attributes that the index key lacks; they end each entry's key and make it unique.
    let suffix: [KeyAttribute]
    /// Whether that is the table's whole key.
    let hasWholeTableKey: Bool
    /// The attributes that entries hold, keys first; nil for all.
    let projectedNames: [String]?
    let projection: Projection
    /// What a vector index measures; nil for others.
    let vector: VectorSpace?
    /// Whether items from before the index may still lack their entries; see ``Backfill``.
    let isBackfilling: Bool
    let limits: ThroughputLimits
    let tally: Tally

    init(
        id: UInt32, name: String, kind: Kind, key: KeyLayout, table: KeyLayout, projection: Projection,
        vector: VectorSpace? = nil, isBackfilling: Bool = false, limits: ThroughputLimits, tally: Tally
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.key = key
        self.projection = projection
        self.vector = vector
        self.isBackfilling = isBackfilling
        self.limits = limits
        self.tally = tally
        suffix = table.all.filter { !key.contains($0.name) }
        hasWholeTableKey = suffix.count == table.all.count
        if projection.projectionType == .all {
            projectedNames = nil
        } else {
            let keys = key.all + suffix
            let others = projection.projectionType == .include ? projection.nonKeyAttributes ?? [] : []
            let searched = (vector?.filters.map(\.name) ?? []) + (vector.map { [$0.attribute] } ?? [])
            var known = StringSet()
            projectedNames = (keys.map(\.name) + searched + others).filter { known.insert($0).inserted }
        }
    }
}
