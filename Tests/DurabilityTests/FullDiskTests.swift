import DynamoDB
import Foundation
import Testing

/// A server on a disk of 48 MB of its own, which somebody else fills.
@Suite struct FullDiskTests {
    /// A private mount, seen by the server alone; needs root, or user namespaces.
    private static func wrapper(_ directory: String) -> [String] {
        let user = geteuid() == 0 ? [] : ["--map-root-user"]
        return ["unshare"] + user + [
            "--mount", "--propagation", "private", "sh", "-c",
            #"mount -t tmpfs -o size=48m none "$0" && exec "$@""#, directory,
        ]
    }

    private static func put(_ number: Int) -> PutItemInput {
        PutItemInput(
            tableName: "Things",
            item: ["id": .string("\(number)"), "text": .string(String(repeating: "full ", count: 4_000))])
    }

    @Test func aFullDiskLosesNothingAndWritesGoOnWhenThereIsSpace() async throws {
        let workspace = try Workspace()
        let disk = workspace.path + "/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
        try await Server.run(data: disk + "/data", wrapper: Self.wrapper(disk), log: workspace.log) { server in
            try await server.withClient { client in try await fillAndFree(disk, of: server, client) }
        }
    }

    private func fillAndFree(_ disk: String, of server: Server, _ client: DynamoDBClient) async throws {
        _ = try await client.createTable(
            CreateTableInput(
                tableName: "Things",
                attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .string)],
                keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest))
        var acknowledged = 0
        for _ in 0..<50 {
            _ = try await client.putItem(Self.put(acknowledged))
            acknowledged += 1
        }

        // The server's own view of its disk.
        let filler = "/proc/\(server.processIdentifier)/root\(disk)/filler"
        try #require(FileManager.default.createFile(atPath: filler, contents: nil))
        let file = try #require(FileHandle(forWritingAtPath: filler))
        #expect(throws: (any Error).self) { while true { try file.write(contentsOf: Data(count: 1 << 18)) } }
        var refusal: DynamoDBError?
        while refusal == nil {
            do {
                _ = try await client.putItem(Self.put(acknowledged))
                acknowledged += 1
            } catch let error as DynamoDBError {
                refusal = error
            }
        }
        #expect(refusal?.code == .internalServerError)
        #expect(refusal?.message == "The disk is full")
        #expect(try await numbers(client).isSuperset(of: 0..<acknowledged), "reads go on")

        try file.close()
        try FileManager.default.removeItem(atPath: filler)
        var refused = 0
        while refusal != nil, refused < 300 {
            do {
                _ = try await client.putItem(Self.put(acknowledged))
                acknowledged += 1
                refusal = nil
            } catch is DynamoDBError {
                refused += 1
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        #expect(refusal == nil, "writes go on")
        // At most the one that was refused while the disk was full may be there besides.
        let found = try await numbers(client)
        #expect(found.isSuperset(of: 0..<acknowledged))
    }

    private func numbers(_ client: DynamoDBClient) async throws -> Set<Int> {
        var numbers: Set<Int> = []
        for try await page in client.scanPages(ScanInput(tableName: "Things", consistentRead: true)) {
            for item in page.items ?? [] {
                if case .string(let id) = item["id"], let number = Int(id) { numbers.insert(number) }
            }
        }
        return numbers
    }
}
