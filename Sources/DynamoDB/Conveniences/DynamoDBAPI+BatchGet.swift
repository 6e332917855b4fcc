import AWSCore

extension DynamoDBAPI {
    /// Reads any number of items by their keys: 100 a request, several requests at once, and what the server leaves
    /// unread again, with growing waits.
    ///
    /// - Parameters:
    ///   - keys: The primary keys; the same may come several times, and is read once.
    ///   - table: The table's name.
    ///   - consistentRead: Whether reads are strongly consistent.
    ///   - paths: The parts of items to return, beside their keys; none for whole items.
    /// - Returns: For each key, in order, its item; nil where there is none.
    /// - Throws: ``DynamoDBError``; with `unprocessedItems` when the server reads nothing for too long.
    public func batchGet(
        _ keys: some Sequence<Item>, from table: String, consistentRead: Bool = false,
        returning paths: [AttributePath] = [],
        options: BatchOptions = BatchOptions()
    ) async throws -> [Item?] {
        let keys = Array(keys)
        let keyAttributes = StringSet(keys.first.map { Array($0.keys) } ?? [])
        var request = KeysAndAttributes(keys: [], consistentRead: consistentRead)
        if !paths.isEmpty {
            let named = Set(paths)
            request = request.returning(paths + keyAttributes.map { AttributePath($0) }.filter { !named.contains($0) })
        }
        var found: [Item: Item] = [:]
        try await withThrowingTaskGroup(of: [Item].self) { group in
            var rest = Array(Set(keys))[...]
            var underWay = 0
            while !rest.isEmpty || underWay > 0 {
                if rest.isEmpty || underWay >= options.concurrency {
                    for item in try await group.next() ?? [] {
                        found[item.filter { keyAttributes.contains($0.key) }] = item
                    }
                    underWay -= 1
                } else {
                    var batch = request
                    batch.keys = Array(rest.prefix(100))
                    rest = rest.dropFirst(100)
                    underWay += 1
                    group.addTask { [batch] in try await read(batch, from: table, options) }
                }
            }
        }
        return keys.map { found[$0] }
    }

    private func read(_ batch: KeysAndAttributes, from table: String, _ options: BatchOptions) async throws -> [Item] {
        var items: [Item] = []
        do {
            try await options.exhaust(batch, operation: "BatchGetItem", count: \.keys.count) { batch in
                let output = try await batchGetItem(BatchGetItemInput(requestItems: [table: batch]))
                items += output.responses.values.flatMap(\.self)
                var rest = batch
                rest.keys = output.unprocessedKeys.values.flatMap(\.keys)
                return rest
            }
        } catch let error as DynamoDBError {
            throw error.at(operation: "BatchGetItem", table: table)
        }
        return items
    }
}

/// How batches are sent.
public struct BatchOptions: Sendable {
    /// How many requests are under way at once, from 1. Default 4. They bound the memory too: a request holds 16 MB at
    /// most.
    public var concurrency: Int
    /// After how many requests in a row that carried nothing out a batch is given up, from 1. Default 10.
    public var maximumAttempts: Int
    /// The waits between a batch's requests; tests put their own in its place.
    var pacing = Pacing.real

    /// Makes options.
    public init(concurrency: Int = 4, maximumAttempts: Int = 10) {
        self.concurrency = concurrency
        self.maximumAttempts = maximumAttempts
    }

    /// Sends a batch, and what the server leaves of it again, with growing waits, until nothing is left.
    ///
    /// - Parameters:
    ///   - count: how many elements a batch has.
    ///   - send: sends a batch and returns what is left of it.
    func exhaust<Batch>(
        _ batch: Batch, operation: String, count: (Batch) -> Int, send: (Batch) async throws -> Batch
    ) async throws {
        let policy = RetryPolicy(maximumAttempts: maximumAttempts)
        var batch = batch
        var left = count(batch)
        var fruitless = 0
        while left > 0 {
            do {
                batch = try await send(batch)
            } catch let error as DynamoDBError where error.isThrottling && fruitless + 1 < maximumAttempts {
                // The server took nothing of it at all.
            }
            let rest = count(batch)
            if rest == 0 { return }
            fruitless = rest < left ? 0 : fruitless + 1
            left = rest
            guard fruitless < maximumAttempts else {
                throw DynamoDBError(
                    code: .unprocessedItems,
                    message: "\(rest) of a batch were left undone by \(maximumAttempts) requests in a row",
                    operation: operation)
            }
            // What is left over was throttled.
            try await pacing.sleep(
                policy.delay(afterAttempt: max(fruitless, 1), isThrottling: true, random: .random(in: 0...1)))
        }
    }
}
