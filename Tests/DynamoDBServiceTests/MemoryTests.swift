import AWSCore
import DynamoDB
import DynamoDBEngine
import Foundation
import Fuzzing
import NIOCore
import Synchronization
import Testing

@testable import DynamoDBService

/// Bytes that many share, and hundreds of connections that want them.
@Suite struct MemoryTests {
    /// Nobody gets what is not there, nobody is overtaken, and nobody waits for what is there.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func bytesAreSharedInOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let budget = ByteBudget(capacity: 100)
        let granted = Mutex<[ByteBudget.Ticket]>([])
        var held: [Int] = []
        var waiting: [(ticket: ByteBudget.Ticket, count: Int)] = []
        for round in 0..<2_000 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let count = Int.random(in: 1...(random.oneIn(20) ? 150 : 60), using: &random)
                if budget.take(count) {
                    #expect(waiting.isEmpty)
                    held.append(count)
                } else {
                    let ticket = budget.wait(for: count) { ticket in granted.withLock { $0.append(ticket) } }
                    waiting.append((ticket, count))
                }
            case 2 where !held.isEmpty:
                budget.giveBack(held.remove(at: Int.random(in: 0..<held.count, using: &random)))
            case 3 where !waiting.isEmpty && random.oneIn(3):
                let index = Int.random(in: 0..<waiting.count, using: &random)
                #expect(budget.cancel(waiting[index].ticket))
                #expect(!budget.cancel(waiting[index].ticket))
                waiting.remove(at: index)
            default: break
            }
            let tickets = granted.withLock { tickets in
                defer { tickets.removeAll() }
                return tickets
            }
            for ticket in tickets {
                #expect(waiting.first?.ticket == ticket, "seed \(seed), round \(round)")
                held.append(waiting.removeFirst().count)
            }
            let used = held.reduce(0, +)
            #expect(budget.used == used && (used <= 100 || held.count == 1), "seed \(seed), round \(round)")
            if let first = waiting.first {
                #expect(used > 0 && used + first.count > 100, "seed \(seed), round \(round)")
            }
        }
    }

    private let announcement =
        "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\nContent-Length: 15000000\r\n"

    /// 15 MB each, of which a part comes: without a signature, or with an unknown key, nothing of it is kept.
    @Test(arguments: [false, true])
    func unauthenticatedBodiesTakeNoMemory(hasKeys: Bool) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("miyabi-keys-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: directory) } }
        let file = AccessKeyFile(directory: directory.path)
        if hasKeys { _ = try file.add() }
        try await TestServer.run(authentication: Authentication(keys: file)) { server in
            let date = SigningDate(secondsSince1970: Int(Date().timeIntervalSince1970))
            let unknown =
                "Authorization: AWS4-HMAC-SHA256 Credential=AKIDUNKNOWN/\(date.day)/us-east-1/dynamodb/aws4_request, "
                + "SignedHeaders=host;x-amz-date;x-amz-target, Signature=\(String(repeating: "0", count: 64))\r\n"
                + "X-Amz-Date: \(date.timestamp)\r\n"
            let connections = try (0..<300).map { number in
                let connection = try RawConnection(port: server.port)
                connection.send(announcement + (hasKeys && number % 2 == 0 ? unknown : "") + "\r\n")
                connection.send([UInt8](repeating: 0x20, count: 20_000))
                return connection
            }
            // The answer to another comes when the server has had its turn at all of them.
            #expect(try await server.send(nil, "", method: "GET", signed: false).status == 200)
            #expect(server.server.memory.requests.mostUsed == 0)
            // Who sends all of it is told why it was refused.
            let small = try RawConnection(port: server.port)
            small.send(announcement.replacing("15000000", with: "2") + (hasKeys ? unknown : "") + "\r\n{}")
            let answer = try small.receive(until: "}")
            let code = hasKeys ? "UnrecognizedClientException" : "MissingAuthenticationToken"
            #expect(answer.contains(code), "\(answer)")
            #expect(connections.count == 300)
        }
    }

    /// Bodies that never end take what there is and no more; who finds nothing is told so; when they are cut off, all is
    /// there again.
    @Test func unfinishedBodiesShareTheMemory() async throws {
        let limits = ServerLimits.test {
            $0.memory = 64 << 20
            $0.patience = .milliseconds(100)
            $0.transfer = .seconds(1)
            $0.slowestRate = 1 << 30
        }
        try await TestServer.run(limits: limits) { server in
            let connections = try (0..<300).map { _ in
                let connection = try RawConnection(port: server.port)
                connection.send(announcement + "Authorization: AWS4-HMAC-SHA256 Credential=any\r\n\r\n{")
                return connection
            }
            let memory = server.server.memory.requests
            var statuses: Set<Int> = []
            while true {
                let answer = try await server.send("ListTables", "{}")
                statuses.insert(answer.status)
                if answer.status == 200 { break }
                #expect(answer.status == 503 && answer.text.contains("#ServiceUnavailable"), "\(answer.text)")
            }
            #expect(memory.mostUsed > 2 * 15_000_000 && memory.mostUsed <= 32 << 20, "\(memory.mostUsed)")
            // All 300 are cut off.
            for connection in connections { _ = try connection.receiveAll() }
            #expect(statuses.contains(200))
        }
    }

    /// Clients that ask and do not read.
    @Test func answersThatNobodyReadsShareTheMemory() async throws {
        let limits = ServerLimits.test {
            $0.memory = 48 << 20
            $0.patience = .milliseconds(100)
        }
        try await TestServer.run(limits: limits) { server in
            _ = try await server.engine.createTable(
                CreateTableInput(
                    tableName: "large",
                    attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .number)],
                    keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest))
            let text = AttributeValue.string(String(repeating: "x", count: 350_000))
            for number in 0..<3 {
                _ = try await server.engine.putItem(
                    PutItemInput(tableName: "large", item: ["id": .number(DecimalNumber(number)), "text": text]))
            }
            let scans = String(repeating: rawRequest("Scan", #"{"TableName":"large"}"#), count: 12)
            let connections = try (0..<100).map { _ in
                let connection = try RawConnection(port: server.port, receiveBuffer: 4096)
                connection.send(scans)
                return connection
            }
            let memory = server.server.memory.responses
            // Until one more finds no memory.
            var status = 200
            while status == 200 { status = try await server.send("Scan", #"{"TableName":"large"}"#).status }
            #expect(status == 503)
            // Refusals are answers too, and are not refused themselves.
            #expect(memory.mostUsed > 16 << 20 && memory.mostUsed <= (24 << 20) + (101 << 10), "\(memory.mostUsed)")
            #expect(connections.count == 100)
        }
    }

    @Test(.timeLimit(.minutes(1))) func nothingIsLeftBehind() async throws {
        try await TestServer.run { server in
            let text = String(repeating: "x", count: 100_000)
            for round in 0..<20 {
                let connection = try RawConnection(port: server.port)
                connection.send(rawRequest("ListTables", "{}"))
                connection.send(rawRequest("PutItem", #"{"TableName":"absent","Item":{"id":{"S":"\#(text)"}}}"#))
                connection.send(rawRequest("ListTables", "2\r\n{}\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"))
                if round % 2 == 0 { #expect(try connection.receive(until: "TableNames", count: 2).contains("200 OK")) }
            }
            await server.server.shutdown()
            let memory = server.server.memory
            // A request whose client went away is still carried out.
            while memory.requests.used != 0 || memory.responses.used != 0 {
                try await Task.sleep(for: .milliseconds(1))
            }
            #expect(server.server.memory.requests.mostUsed > 16 << 20)
        }
    }

    /// Connections that do nothing give way.
    @Test func idleConnectionsDoNotKeepOthersOut() async throws {
        try await TestServer.run(limits: .test { $0.connections = 64 }) { server in
            var idle: [RawConnection] = []
            for _ in 0..<300 {
                let connection = try RawConnection(port: server.port)
                connection.send(rawRequest("ListTables", "{}"))
                #expect(try connection.receive(until: "}").contains("200 OK"))
                idle.append(connection)
            }
            // Those that have been idle for longest are closed.
            for connection in idle.prefix(200) { #expect(try connection.receiveAll().isEmpty) }
            let newest = try #require(idle.last)
            newest.send(rawRequest("ListTables", "{}"))
            #expect(try newest.receive(until: "}").contains("200 OK"))
        }
    }
}
