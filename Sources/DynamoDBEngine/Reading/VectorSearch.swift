internal import DynamoDB

/// A search of a vector index, checked and ready to be made: it looks at every entry, so that what it finds is exact.
struct VectorSearch: Sendable {
    private let index: Index
    private let space: VectorSpace
    private let vector: [Float]
    private let conditions: [SearchCondition]
    private let limit: Int
    private let range: KeyRange

    /// - Throws: `ValidationException` for what the index cannot be asked.
    init(
        _ index: Index, _ space: VectorSpace, nearest vector: [Float], _ conditions: [SearchCondition], limit: Int
    ) throws(DynamoDBError) {
        guard vector.count == space.dimensions else {
            throw .validation(
                "Input search vector dimension \(vector.count) does not match vector index dimension "
                    + "\(space.dimensions)")
        }
        let schema = index.key.partition + space.filters
        for condition in conditions {
            guard let attribute = schema.first(where: { $0.isNamed(condition.path.attribute) }) else {
                throw .validation(
                    "SearchConditionExpression must not contain any attributes that is not in SearchSchema. Invalid "
                        + "attribute: \(condition.path.attribute)")
            }
            guard attribute.type.matches(condition.value) else {
                throw .validation(
                    "Type of '\(attribute.name)' attribute in SearchConditionExpression "
                        + "(\(condition.value.type.rawValue)) does not match type in search schema "
                        + "(\(attribute.type.rawValue))")
            }
        }
        if let hash = index.key.partition.first {
            let given = conditions.first { hash.isNamed($0.path.attribute) }
            guard let given else {
                throw .validation(
                    "SearchConditionExpression must be provided when SearchSchema has a HASH key")
            }
            if let kind = given.value.emptyKind {
                throw .validation(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain "
                        + "an empty \(kind) value. Key: \(hash.name)")
            }
            range = KeyRange(prefix: ItemKey(id: index.id, partition: [given.value]).bytes)
        } else {
            range = ItemKey.range(of: index.id)
        }
        (self.index, self.space, self.vector) = (index, space, vector)
        (self.conditions, self.limit) = (conditions, limit)
    }

    /// An entry that is among the nearest so far.
    private struct Candidate: Sendable {
        let score: Double
        let entry: [UInt8]
    }

    /// How far the search is.
    private struct Progress: Sendable {
        /// The nearest first; of entries as near as each other the first by key.
        var found: [Candidate] = []
        var bytes = 0
        /// The storage key of the last entry looked at.
        var position: [UInt8]?
    }

    /// What a search found.
    struct Result {
        /// The entries, the nearest first, each with its score.
        let found: [(entry: [UInt8], score: Double)]
        /// Bytes of the entries looked at.
        let bytes: Int
    }

    func run(_ core: EngineCore) async throws -> Result {
        let database = core.database
        let progress = try await core.reads.pages(Progress()) { progress, _, budget in
            try advance(&progress, database, &budget)
        }
        return Result(found: progress.found.map { ($0.entry, $0.score) }, bytes: progress.bytes)
    }

    /// Looks on until the budget is spent.
    ///
    /// - Returns: whether that was all.
    private func advance(
        _ progress: inout Progress, _ database: RocksDatabase, _ budget: inout ReadBudget
    ) throws -> Bool {
        var rest = range
        if let position = progress.position { rest.lower = position + [0] }
        let cursor = RangeCursor(
            database, .indexes, in: rest, forward: true, withinPrefix: !index.key.partition.isEmpty)
        while try cursor.isValid() {
            let entry = try StoredItem(cursor.value)
            progress.bytes += entry.size
            budget.take(entry.size)
            if try conditions.allSatisfy({ try entry.value(at: $0.path) == $0.value }) {
                let other = VectorSpace.components(try entry.value(named: space.attribute))
                insert(entry, space.score(vector, other), into: &progress.found)
            }
            if budget.isSpent {
                progress.position = Array(cursor.key)
                return false
            }
            cursor.advance()
        }
        return true
    }

    private func insert(_ entry: StoredItem, _ score: Double, into found: inout [Candidate]) {
        if found.count == limit, let last = found.last, !space.isNearer(score, than: last.score) { return }
        let place = found.firstIndex { space.isNearer(score, than: $0.score) } ?? found.count
        found.insert(Candidate(score: score, entry: Array(entry.bytes)), at: place)
        if found.count > limit { found.removeLast() }
    }
}

/// An equality that a search asks for.
struct SearchCondition: Sendable {
    let path: DocumentPath
    let value: AttributeValue

    /// The equalities of a SearchConditionExpression.
    ///
    /// - Throws: `ValidationException` for anything but equalities joined by AND.
    static func all(of node: ConditionNode) throws(DynamoDBError) -> [SearchCondition] {
        switch node {
        case .and(let one, let other):
            return try all(of: one) + all(of: other)
        case .compare(.equal, .path(let path), .value(let value)), .compare(.equal, .value(let value), .path(let path)):
            return [SearchCondition(path: path, value: value)]
        default:
            throw ExpressionKind.searchCondition.error("Invalid comparator used in SearchConditionExpression")
        }
    }
}
