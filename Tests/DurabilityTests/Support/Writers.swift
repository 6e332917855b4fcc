import DynamoDB
import Foundation
import Testing

/// The clients that write until the server is gone. Each has its own keys, and goes on in the next round.
struct Writers: Sendable {
    let client: DynamoDBClient
    let ledger: Ledger
    let round: Int

    /// Returns when every writer has met a dead server.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 { group.addTask { await until { try await batches(writer, $0) } } }
            for writer in 0..<3 { group.addTask { await until { try await counts(writer, $0) } } }
            for writer in 0..<4 { group.addTask { await until { try await transfers(writer, $0) } } }
            for writer in 0..<2 { group.addTask { await until { try await expiring(writer, $0) } } }
        }
    }

    private func until(_ step: (Int) async throws -> Void) async {
        var number = 0
        do {
            while true {
                try await step(number)
                number += 1
            }
        } catch let error as DynamoDBError where error.code == .connectionFailed {
            // The server was killed.
        } catch {
            Issue.record(error, "round \(round)")
        }
    }

    private func write(_ changes: [Key: Item?], _ request: () async throws -> Void) async throws {
        ledger.attempt(changes)
        try await request()
        ledger.acknowledge(changes)
    }

    /// Batches of puts; later the same keys are deleted in a batch.
    private func batches(_ writer: Int, _ number: Int) async throws {
        let keys = (0..<12).map { Key(Tables.events, "BATCH#\(writer)#\(number % 7)", "\(round)#\(number)#\($0)") }
        var puts: [Key: Item?] = [:]
        for (position, key) in keys.enumerated() {
            puts[key] = key.attributes.merging([
                "owner": .string("\(position % 5)"), "rank": .number(DecimalNumber(number)),
                "text": .string(String(repeating: "text ", count: 20)),
            ]) { $1 }
        }
        try await write(puts) { [puts] in
            try await client.batchPut(
                puts.values.compactMap { $0 }, to: Tables.events, keyAttributes: ["pk", "sk"])
        }
        guard number % 3 == 1 else { return }
        try await write(Dictionary(uniqueKeysWithValues: keys.map { ($0, nil) })) {
            try await client.batchWrite(
                keys.map { .delete(key: $0.attributes) }, to: Tables.events, keyAttributes: ["pk", "sk"])
        }
    }

    /// One item that counts, and moves within its indexes with every step.
    private func counts(_ writer: Int, _ number: Int) async throws {
        let key = Key(Tables.events, "COUNTER", "\(writer)")
        let before = ledger[key]
        var count = DecimalNumber(0)
        if case .number(let value) = before?["count"] { count = value }
        let next = Int(exactly: count).map { $0 + 1 } ?? 0
        let after = key.attributes.merging([
            "count": .number(DecimalNumber(next)), "owner": .string("\(next % 3)"),
            "rank": .number(DecimalNumber(next)),
        ]) { $1 }
        try await write([key: after]) {
            let output = try await client.updateItem(
                UpdateItemInput(
                    tableName: key.table, key: key.attributes, returnValues: .allNew,
                    updateExpression: "ADD #count :one SET #owner = :owner, #rank = :rank",
                    expressionAttributeNames: ["#count": "count", "#owner": "owner", "#rank": "rank"],
                    expressionAttributeValues: [
                        ":one": 1, ":owner": .string("\(next % 3)"), ":rank": .number(DecimalNumber(next)),
                    ]))
            guard output.attributes == after else { throw Unexpected(key: key, found: output.attributes) }
        }
    }

    private func transfers(_ writer: Int, _ number: Int) async throws {
        let from = Int.random(in: 0..<Transfer.accounts)
        let transfer = Transfer(
            number: "\(round)#\(writer)#\(number)", from: from, to: (from + 1 + writer) % Transfer.accounts,
            amount: Int.random(in: 1...20))
        ledger.attempt(transfer)
        _ = try await client.transactWriteItems(transfer.request)
        ledger.acknowledge(transfer)
    }

    /// Items that expire in a second or two.
    private func expiring(_ writer: Int, _ number: Int) async throws {
        let key = Key(Tables.events, "EXPIRING#\(writer)", "\(round)#\(number)")
        let item = key.attributes.merging([
            "ttl": .number(DecimalNumber(Int(Date().timeIntervalSince1970) + 1 + number % 2)),
            "owner": .string("expiring"), "rank": .number(DecimalNumber(number)),
        ]) { $1 }
        try await write([key: item]) {
            _ = try await client.putItem(PutItemInput(tableName: key.table, item: item))
        }
    }
}

/// An acknowledged write that did something else.
struct Unexpected: Error {
    let key: Key
    let found: Item?
}
