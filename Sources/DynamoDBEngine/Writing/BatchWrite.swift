internal import DynamoDB

/// The writes of one BatchWriteItem.
struct BatchWrite: Sendable {
    private let writes: [PlannedWrite]
    /// What each of `writes` was asked for with: the table as it was named, and the request.
    private let requests: [(table: String, request: WriteRequest)]

    /// Checks what can be told without the tables.
    static func check(_ requests: [String: [WriteRequest]]) throws(DynamoDBError) {
        guard !requests.isEmpty else {
            throw .validation("The requestItems parameter is required for BatchWriteItem")
        }
        for (name, list) in requests where !(1...Limits.batchWriteRequests).contains(list.count) {
            let value = list.isEmpty ? "" : "\(list.count) requests"
            let bound =
                "Map value must satisfy constraint: [Member must have length less than or equal to "
                + "\(Limits.batchWriteRequests), Member must have length greater than or equal to 1]"
            throw .violating(
                [ConstraintViolation(.bound(bound), value: "'{\(name)=[\(value)]}'", at: "RequestItems")], front: .older
            )
        }
        try checkTableNames(requests.keys) {
            let lists = requests.map { "\($0)=[\($1.map(\.echo).joined(separator: ", "))]" }
            return "{\(lists.joined(separator: ", "))}"
        }
        guard requests.values.reduce(0, { $0 + $1.count }) <= Limits.batchWriteRequests else {
            throw .validation("Too many items requested for the BatchWriteItem call")
        }
    }

    init(_ requests: [String: [WriteRequest]], _ encoded: [String: [EncodedItem?]], _ core: EngineCore) throws {
        var writes: [PlannedWrite] = []
        var sources: [(table: String, request: WriteRequest)] = []
        writes.reserveCapacity(Limits.batchWriteRequests)
        var keys = Set<StorageKey>(minimumCapacity: Limits.batchWriteRequests)
        for (name, list) in requests {
            let table = try core.table(named: name)
            for (request, content) in zip(list, encoded[name] ?? []) {
                let write: PlannedWrite
                switch (request, content) {
                case (.put(let item), let content?):
                    write = try PlannedWrite(putting: item, encoded: content, in: table, from: .batch)
                case (.delete(let key), _):
                    write = try PlannedWrite(deleting: key, in: table)
                case (.put, nil):
                    continue
                }
                guard keys.insert(StorageKey(bytes: write.key)).inserted else {
                    throw DynamoDBError.validation("Provided list of item keys contains duplicates")
                }
                writes.append(write)
                sources.append((name, request))
            }
        }
        self.writes = writes
        self.requests = sources
    }

    /// Writes everything that the tables' throughput allows.
    ///
    /// - Parameter input: whose response it is.
    func run(_ core: EngineCore, for input: BatchWriteItemInput) async throws -> BatchWriteItemOutput {
        let effects = try await core.commits.commit(keys: writes.map(\.key)) { unit in
            var refusal: DynamoDBError?
            let effects = try writes.map { write -> WriteEffect? in
                do {
                    return try write.stage(replacing: try unit.stored(write.key), in: unit)
                } catch let error as DynamoDBError where error.isThrottling {
                    refusal = error
                    return nil
                }
            }
            if let refusal, effects.allSatisfy({ $0 == nil }) { throw refusal }
            return effects
        }
        var output = BatchWriteItemOutput()
        var capacity = CapacityTotals()
        var collections = ItemCollections(input.returnItemCollectionMetrics, core)
        for (position, source) in requests.enumerated() {
            guard let effect = effects[position] else {
                output.unprocessedItems[source.table, default: []].append(source.request)
                continue
            }
            capacity.add(effect, to: writes[position].table)
            collections?.add(source.request.item, in: source.table)
        }
        output.consumedCapacity = capacity.consumed(input.returnConsumedCapacity)
        output.itemCollectionMetrics = try await collections?.byTable()
        return output
    }
}

/// A key in a set, hashed as a whole; an array would hash each byte by itself.
private struct StorageKey: Hashable {
    let bytes: [UInt8]

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension WriteRequest {
    /// The request as AWS prints it, but for the values.
    fileprivate var echo: String {
        let attributes = item.keys.sorted().map { "\($0)=AttributeValue(...)" }.joined(separator: ", ")
        return switch self {
        case .put: "WriteRequest(putRequest=PutRequest(item={\(attributes)}), deleteRequest=null)"
        case .delete: "WriteRequest(putRequest=null, deleteRequest=DeleteRequest(key={\(attributes)}))"
        }
    }

    /// The item, or its primary key.
    fileprivate var item: Item {
        switch self {
        case .put(let item): item
        case .delete(let key): key
        }
    }
}
