package import DynamoDB
import Synchronization

/// MiyabiEvents in a dictionary: what the store's tests need of DynamoDB, with counters and faults that an engine on
/// disk could not be made to show at will. Everything else throws.
package final class MemoryTables: DynamoDBAPI {
    package struct Key: Hashable, Comparable {
        package var partition: String
        package var sort: String
        package static func < (left: Key, right: Key) -> Bool {
            (left.partition, left.sort) < (right.partition, right.sort)
        }
    }
    package struct State: Sendable {
        package var items: [Key: Item] = [:]
        /// The keys of each partition of the table, `PK`, and of the indexes, `GSI1PK` and `GSI2PK`.
        package var partitions: [[String]: Set<Key>] = [:]
        package var puts: [Key] = []
        package var queries = 0
        package var mostInFlight = 0
        package var inFlight = 0
        /// How many of the next batch requests process only their first item.
        package var batchesToRefuse = 0
        /// After so many puts, everything throws.
        package var putsUntilCrash = Int.max
        /// Items a page of a query, at most.
        package var pageLimit = Int.max

        package init(putsUntilCrash: Int = .max) { self.putsUntilCrash = putsUntilCrash }
    }
    private let state = Mutex(State())

    package init() {}

    package func with<Result: Sendable>(_ body: (inout State) throws -> Result) rethrows -> Result {
        try state.withLock { state in try body(&state) }
    }

    package func putItem(_ input: PutItemInput) async throws -> PutItemOutput {
        try put(input.item)
        return PutItemOutput()
    }

    package func batchWriteItem(_ input: BatchWriteItemInput) async throws -> BatchWriteItemOutput {
        let requests = input.requestItems.values.joined()
        guard requests.count <= 25 else { throw DynamoDBError.validation("Too many items") }
        let refuse = with { state in
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
            state.batchesToRefuse -= state.batchesToRefuse > 0 ? 1 : 0
            return state.batchesToRefuse > 0
        }
        defer { with { $0.inFlight -= 1 } }
        await Task.yield()
        for case .put(let item) in requests.prefix(refuse ? 1 : 25) { try put(item) }
        let rest = input.requestItems.mapValues { Array($0.dropFirst(refuse ? 1 : 25)) }.filter { !$0.value.isEmpty }
        return BatchWriteItemOutput(unprocessedItems: rest)
    }

    private func put(_ item: Item) throws {
        guard case .string(let partition)? = item["PK"], case .string(let sort)? = item["SK"] else {
            throw DynamoDBError.validation("no key")
        }
        try with { state in
            guard state.putsUntilCrash > 0 else { throw CancellationError() }
            state.putsUntilCrash -= 1
            let key = Key(partition: partition, sort: sort)
            state.items[key] = item
            state.puts.append(key)
            for name in ["PK", "GSI1PK", "GSI2PK"] {
                if let value = item[name]?.string { state.partitions[[name, value], default: []].insert(key) }
            }
        }
    }

    /// Partition, and sort key between two bounds; paged.
    package func query(_ input: QueryInput) async throws -> QueryOutput {
        await Task.yield()
        let names = input.indexName.map { ("\($0)PK", "\($0)SK") } ?? ("PK", "SK")
        func text(_ item: Item, _ name: String) -> String { item[name]?.string ?? "" }
        let bounds = Item(input.expressionAttributeValues ?? [:])
        return with { state in
            state.queries += 1
            let keys = state.partitions[[names.0, text(bounds, ":key")]] ?? []
            var found = keys.compactMap { state.items[$0] }.filter { item in
                bounds[":first"] == nil
                    || (text(bounds, ":first")...text(bounds, ":last")).contains(text(item, names.1))
            }
            found.sort { text($0, names.1) < text($1, names.1) }
            if input.scanIndexForward == false { found.reverse() }
            if let start = input.exclusiveStartKey {
                found.removeFirst((found.firstIndex { $0["SK"] == start["SK"] && $0["PK"] == start["PK"] } ?? -1) + 1)
            }
            let page = found.prefix(min(input.limit ?? .max, state.pageLimit))
            return QueryOutput(
                items: Array(page), count: page.count,
                lastEvaluatedKey: page.count < found.count ? page.last : nil)
        }
    }
}
