import DynamoDB
import DynamoDBEngine
import Logging

/// Measures what the DynamoDB client costs; Benchmarks/benchmarks.py runs it beside its baselines.
///
/// `ClientBenchmark http URL SECONDS`: GetItem over HTTP from 16 tasks, and how many requests were answered in a second.
/// `ClientBenchmark process DIRECTORY CALLS`: GetItem of an engine in this process, called as itself and as any
/// `DynamoDBAPI`, by turns, and what a call takes each way.
@main
struct ClientBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let amount = Int(arguments[3]) else {
            print("usage: ClientBenchmark http URL SECONDS | process DIRECTORY CALLS")
            return
        }
        // Away from the main actor, which every call would have to leave and come back to.
        try await Task.detached {
            if arguments[1] == "http" {
                try await measureRequests(to: arguments[2], for: .seconds(amount))
            } else {
                try await measureCalls(amount, in: arguments[2])
            }
        }.value
    }

    private static let quiet = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }

    private static func measureRequests(to url: String, for time: Duration) async throws {
        let client = try DynamoDBClient(
            DynamoDBClientConfiguration(
                region: "local", endpoint: url,
                credentials: StaticCredentialsProvider(Credentials(accessKeyID: "any", secretAccessKey: "any"))),
            logger: quiet)
        let end = ContinuousClock.now + time
        let requests = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<16 {
                group.addTask {
                    var count = 0
                    while ContinuousClock.now < end {
                        let output = try await client.getItem(
                            GetItemInput(tableName: "http", key: ["id": .string("k\(task)")]))
                        precondition(output.item != nil, "the server answers without an item")
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        try await client.close()
        print("http: \(Int(Double(requests) / (time / .seconds(1))))/s")
    }

    private static func measureCalls(_ calls: Int, in directory: String) async throws {
        let engine = try Engine.open(Engine.Options(directory: directory), logger: quiet)
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: "calls",
                attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .string)],
                keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest))
        _ = try await engine.putItem(PutItemInput(tableName: "calls", item: ["id": "k", "n": 1]))
        let input = GetItemInput(tableName: "calls", key: ["id": "k"])
        let database: any DynamoDBAPI = engine
        var (direct, transported) = (Duration.zero, Duration.zero)
        for _ in 0..<10 {
            direct += try await ContinuousClock().measure {
                for _ in 0..<calls / 10 { _ = try await engine.getItem(input) }
            }
            transported += try await ContinuousClock().measure {
                for _ in 0..<calls / 10 { _ = try await database.getItem(input) }
            }
        }
        await engine.close()
        print("process: \(direct / .nanoseconds(calls)) ns (engine), \(transported / .nanoseconds(calls)) ns (client)")
    }
}
