import AsyncAlgorithms

extension DynamoDBAPI {
    /// Writes any number of items: 25 or 16 MB a request, several requests at once, and what the server leaves
    /// unprocessed again, with growing waits.
    ///
    /// Writes to one key take effect in the order given, so that the last one stays; of several in one request only the
    /// last is sent. Writes to different keys have no order. The source is read as writes are carried out, so that
    /// memory stays bounded however long it is. The writes are not a transaction: when this throws, part of them may
    /// have been done. The same call again completes them.
    ///
    /// - Parameters:
    ///   - requests: The puts and deletes.
    ///   - table: The table's name.
    ///   - keyAttributes: The names of the table's key attributes; nil asks the table, with one DescribeTable.
    /// - Returns: How many writes were sent, those left out that a later one of the same request replaced.
    /// - Throws: ``DynamoDBError``; with `unprocessedItems` when the server takes nothing for too long. What the source
    ///   throws.
    @discardableResult
    public func writeAll<Requests: AsyncSequence>(
        _ requests: Requests, to table: String, keyAttributes: [String]? = nil, options: BatchOptions = BatchOptions()
    ) async throws -> Int where Requests.Element == WriteRequest {
        let described: [String]
        if let keyAttributes {
            described = keyAttributes
        } else {
            described =
                try await describeTable(DescribeTableInput(tableName: table)).table.keySchema?
                .map(\.attributeName) ?? []
        }
        return try await BatchWriter(api: self, table: table, keyAttributes: described, options: options).write(
            requests)
    }

    /// Puts and deletes items as ``writeAll(_:to:keyAttributes:options:)`` does.
    @discardableResult
    public func batchWrite(
        _ requests: some Sequence<WriteRequest>, to table: String, keyAttributes: [String]? = nil,
        options: BatchOptions = BatchOptions()
    ) async throws -> Int {
        try await writeAll(requests.async, to: table, keyAttributes: keyAttributes, options: options)
    }

    /// Puts items as ``writeAll(_:to:keyAttributes:options:)`` does.
    @discardableResult
    public func batchPut(
        _ items: some Sequence<Item>, to table: String, keyAttributes: [String]? = nil,
        options: BatchOptions = BatchOptions()
    ) async throws -> Int {
        try await batchWrite(
            items.lazy.map { .put($0) }, to: table, keyAttributes: keyAttributes, options: options)
    }
}

/// Writes batches side by side, and keeps the order of writes to one key.
///
/// A batch waits until no batch under way writes one of its keys, and until there is room for it: so the source of the
/// writes is read no faster than they are carried out.
struct BatchWriter<API: DynamoDBAPI> {
    let api: API
    let table: String
    let keyAttributes: [String]
    let options: BatchOptions

    /// Writes everything; returns how many writes were sent, after folding.
    func write<Requests: AsyncSequence>(_ requests: Requests) async throws -> Int
    where Requests.Element == WriteRequest {
        try await withThrowingTaskGroup(of: WriteBatch.self) { group in
            var underWay = 0
            var busyKeys: Set<WriteBatch.Key> = []
            var sent = 0
            func launch(_ batch: WriteBatch) async throws {
                while underWay >= options.concurrency || batch.keys.contains(where: busyKeys.contains) {
                    guard let done = try await group.next() else { break }
                    underWay -= 1
                    busyKeys.subtract(done.keys)
                }
                busyKeys.formUnion(batch.keys)
                underWay += 1
                sent += batch.requests.count
                group.addTask {
                    try await send(batch)
                    return batch
                }
            }
            var batch = WriteBatch(keyAttributes: keyAttributes)
            for try await request in requests where !batch.add(request) {
                try await launch(batch)
                batch = WriteBatch(keyAttributes: keyAttributes)
                _ = batch.add(request)
            }
            if !batch.isEmpty { try await launch(batch) }
            try await group.waitForAll()
            return sent
        }
    }

    private func send(_ batch: WriteBatch) async throws {
        do {
            try await options.exhaust(batch.requests, operation: "BatchWriteItem", count: \.count) { requests in
                let output = try await api.batchWriteItem(BatchWriteItemInput(requestItems: [table: requests]))
                return output.unprocessedItems.values.flatMap(\.self)
            }
        } catch let error as DynamoDBError {
            throw error.at(operation: "BatchWriteItem", table: table)
        }
    }
}

/// Writes that fit one BatchWriteItem: at most 25, 16 MB in all, no key twice.
///
/// Source: AWS, "BatchWriteItem" in the Amazon DynamoDB API reference.
struct WriteBatch: Sendable {
    /// The values of the key attributes, in their order; nil for one that the write leaves out.
    typealias Key = [AttributeValue?]

    /// The most writes of a request.
    static let maximumCount = 25
    /// The most bytes of a request.
    static let maximumBytes = 16_000_000

    private let keyAttributes: [String]
    private var positions: [Key: Int] = [:]
    private var sizes: [Int] = []
    private(set) var requests: [WriteRequest] = []
    private var bytes = 0

    init(keyAttributes: [String]) {
        self.keyAttributes = keyAttributes
    }

    var isEmpty: Bool { requests.isEmpty }
    /// The keys that it writes.
    var keys: some Collection<Key> { positions.keys }

    /// Adds a write; one of a key that is there already takes its place. False when the batch has no room for it.
    mutating func add(_ request: WriteRequest) -> Bool {
        let key = key(of: request)
        let size = WriteBatch.size(of: request)
        if let position = positions[key] {
            guard bytes - sizes[position] + size <= WriteBatch.maximumBytes else { return false }
            bytes += size - sizes[position]
            requests[position] = request
            sizes[position] = size
            return true
        }
        // One write alone is always taken: if it is too large, the server says so better.
        guard isEmpty || requests.count < WriteBatch.maximumCount && bytes + size <= WriteBatch.maximumBytes else {
            return false
        }
        positions[key] = requests.count
        requests.append(request)
        sizes.append(size)
        bytes += size
        return true
    }

    private func key(of request: WriteRequest) -> Key {
        switch request {
        case .delete(let attributes), .put(let attributes): keyAttributes.map { attributes[$0] }
        }
    }

    /// At least what the write takes on the wire. JSON needs up to 16 bytes for one of an item's, so only items that
    /// could matter are written out to be measured.
    private static func size(of request: WriteRequest) -> Int {
        let stored =
            switch request {
            case .put(let item): item.sizeInBytes
            case .delete(let key): key.sizeInBytes
            }
        return stored <= maximumBytes / 16 / maximumCount ? stored * 16 : request.jsonDocument.count
    }
}
