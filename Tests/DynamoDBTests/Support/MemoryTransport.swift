import NIOCore
import Synchronization

@testable import DynamoDB

/// A table with the key `a` in a dictionary, that watches how batches come.
final class MemoryTransport: Transport {
    private struct State {
        var items: [Item: Item] = [:]
        var busy: Set<Item> = []
        var underWay = 0
        var mostUnderWay = 0
        var sawOneKeyTwiceAtOnce = false
        var sourceReads = 0
        var mostAhead = 0
        var reads: [Int] = []
    }

    private let state = Mutex(State())

    var items: [Item: Item] { state.withLock { $0.items } }
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }
    var sawOneKeyTwiceAtOnce: Bool { state.withLock { $0.sawOneKeyTwiceAtOnce } }
    /// How many writes the source had given, at most, that were not carried out.
    var mostAhead: Int { state.withLock { $0.mostAhead } }
    /// How many keys each BatchGetItem asked for.
    var reads: [Int] { state.withLock { $0.reads } }

    /// The source gave a write.
    func countRead() {
        state.withLock { $0.sourceReads += 1 }
    }

    func send(_ request: TransportRequest, timeout: Duration) async throws -> TransportResponse {
        let isWrite = request.headers.contains { $0.value.hasSuffix("BatchWriteItem") }
        let answer = try await isWrite ? write(request.body) : read(request.body)
        return TransportResponse(status: 200, body: ByteBuffer(bytes: answer))
    }

    private func write(_ body: [UInt8]) async throws -> [UInt8] {
        let requests = try BatchWriteItemInput(jsonDocument: body).requestItems["tab"] ?? []
        let keys = requests.map { request in
            switch request {
            case .put(let item): item.filter { $0.key == "a" }
            case .delete(let key): key
            }
        }
        state.withLock { state in
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            state.mostAhead = max(state.mostAhead, state.sourceReads - state.items.count)
            if !state.busy.isDisjoint(with: keys) { state.sawOneKeyTwiceAtOnce = true }
            state.busy.formUnion(keys)
        }
        // Others get their turn, so that batches overtake one another.
        for _ in 0..<Int.random(in: 0...3) { await Task.yield() }
        state.withLock { state in
            for (key, request) in zip(keys, requests) {
                if case .put(let item) = request { state.items[key] = item } else { state.items[key] = nil }
            }
            state.underWay -= 1
            state.busy.subtract(keys)
        }
        return BatchWriteItemOutput().jsonDocument
    }

    private func read(_ body: [UInt8]) throws -> [UInt8] {
        let keys = try BatchGetItemInput(jsonDocument: body).requestItems["tab"]?.keys ?? []
        let found = state.withLock { state in
            state.reads.append(keys.count)
            return keys.compactMap { state.items[$0] }
        }
        return BatchGetItemOutput(responses: ["tab": found.shuffled()]).jsonDocument
    }

    func close() async throws {}
}
