import DynamoDB
import Foundation
import Testing

/// A server whose disk fails for a while, or that has no descriptor left.
@Suite struct FaultTests {
    private static let table = "Things"

    private static func item(_ number: Int) -> Item {
        ["id": .string("\(number)"), "text": .string(String(repeating: "fault ", count: 500))]
    }

    private func createTable(_ client: DynamoDBClient) async throws {
        _ = try await client.createTable(
            CreateTableInput(
                tableName: Self.table,
                attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .string)],
                keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest))
    }

    /// Puts items one by one until one is refused.
    ///
    /// - Parameter acknowledged: the numbers of the items that were taken; nothing of the refused one may be counted on.
    private func put(_ client: DynamoDBClient, _ acknowledged: inout Int, atMost count: Int) async throws
        -> DynamoDBError?
    {
        for _ in 0..<count {
            do {
                _ = try await client.putItem(PutItemInput(tableName: Self.table, item: Self.item(acknowledged)))
                acknowledged += 1
            } catch let error as DynamoDBError {
                return error
            }
        }
        return nil
    }

    /// Puts until that is possible again, which takes as long as it takes.
    private func putAgain(_ client: DynamoDBClient, _ acknowledged: inout Int) async throws {
        while try await put(client, &acknowledged, atMost: 1) != nil { try await Task.sleep(for: .milliseconds(50)) }
    }

    private func numbers(_ client: DynamoDBClient, consistent: Bool) async throws -> Set<Int> {
        var numbers: Set<Int> = []
        for try await page in client.scanPages(ScanInput(tableName: Self.table, consistentRead: consistent)) {
            for item in page.items ?? [] {
                if case .string(let id) = item["id"], let number = Int(id) { numbers.insert(number) }
            }
        }
        return numbers
    }

    // MARK: Errors of the disk

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            FaultyDisk.Fault(calls: ["write"], error: EIO), FaultyDisk.Fault(calls: ["sync"], error: EIO),
            FaultyDisk.Fault(calls: ["write", "sync", "open"], error: EIO),
            FaultyDisk.Fault(calls: ["write"], error: ENOSPC), FaultyDisk.Fault(calls: ["open"], error: EMFILE),
        ])
    func anErrorOfTheDiskLosesNothingAndWritesGoOnByThemselves(_ fault: FaultyDisk.Fault) async throws {
        let workspace = try Workspace()
        let disk = try FaultyDisk(in: workspace)
        var acknowledged = 0
        try await Server.run(data: workspace.data, wrapper: disk.wrapper, log: workspace.log) { server in
            try await server.withClient { client in
                try await createTable(client)
                for _ in 0..<3 {
                    #expect(try await put(client, &acknowledged, atMost: 20) == nil)
                    #expect(try server.health() == 200)
                    try disk.begin(fault)
                    let refusal = try await writeUntilRefused(client, &acknowledged)
                    #expect(refusal.code == .internalServerError && refusal.message != "Internal server error")
                    #expect(try server.health() == 503)
                    // Reads go on. What was refused is not vouched for, though it may be there.
                    #expect(try await numbers(client, consistent: false).isSuperset(of: 0..<acknowledged))
                    #expect(
                        try await client.getItem(
                            GetItemInput(tableName: Self.table, key: ["id": "0"], consistentRead: true)
                        ).item != nil)
                    try disk.end()
                    try await putAgain(client, &acknowledged)
                    #expect(try server.health() == 200)
                    #expect(try await numbers(client, consistent: true).isSuperset(of: 0..<acknowledged))
                }
            }
        }
        try await Server.run(data: workspace.data, log: workspace.log) { server in
            try await server.withClient { client in
                let found = try await numbers(client, consistent: true)
                #expect(found.isSuperset(of: 0..<acknowledged))
            }
        }
    }

    /// Writes until a file is needed and cannot be had.
    private func writeUntilRefused(_ client: DynamoDBClient, _ acknowledged: inout Int) async throws -> DynamoDBError {
        if let refusal = try await put(client, &acknowledged, atMost: 20) { return refusal }
        return try #require(try await changePolicy(client, times: 10_000))
    }

    /// The catalogue's memtable is small: its file, and a new log, are needed after some dozens of changes.
    private func changePolicy(_ client: DynamoDBClient, times: Int) async throws -> DynamoDBError? {
        let described = try await client.describeTable(DescribeTableInput(tableName: Self.table)).table
        let arn = try #require(described.tableArn)
        for number in 0..<times {
            do {
                _ = try await client.putResourcePolicy(
                    PutResourcePolicyInput(
                        resourceArn: arn,
                        policy: """
                            {"Id":"\(number)\(String(repeating: "x", count: 19_000))","Statement":{"Effect":"Allow",\
                            "Principal":"*","Action":"dynamodb:GetItem","Resource":"*"}}
                            """))
            } catch let error as DynamoDBError {
                return error
            }
        }
        return nil
    }

    // MARK: Descriptors

    /// Connections take every descriptor that the server gives. Storage has its own: files are opened all the same. And
    /// a client that is served keeps its connection while there are others that have never asked for anything.
    @Test(.timeLimit(.minutes(5))) func connectionsCannotTakeWhatStorageNeeds() async throws {
        let workspace = try Workspace()
        try await Server.run(
            data: workspace.data, wrapper: ["prlimit", "--nofile=512:512"], log: workspace.log
        ) { server in
            try await server.withClient { client in
                try await createTable(client)
                var acknowledged = 0
                #expect(try await put(client, &acknowledged, atMost: 20) == nil)
                var idle: [Connection] = []
                var mostOpen = 0
                for number in 0..<600 {
                    idle.append(try Connection(to: server.endpoint))
                    if number % 20 == 0 { mostOpen = max(mostOpen, try server.openSockets()) }
                }
                // Some MB, for which new logs and tables are needed.
                #expect(try await put(client, &acknowledged, atMost: 20) == nil)
                #expect(try await changePolicy(client, times: 300) == nil)
                #expect(try await numbers(client, consistent: true) == Set(0..<acknowledged))
                // A limit of 512 leaves 128 for connections; the listener has a socket, too.
                mostOpen = max(mostOpen, try server.openSockets())
                #expect(mostOpen > 100 && mostOpen <= 129)
                idle.removeAll()
                #expect(try await put(client, &acknowledged, atMost: 20) == nil)
                #expect(try await numbers(client, consistent: true) == Set(0..<acknowledged))
            }
        }
    }
}
