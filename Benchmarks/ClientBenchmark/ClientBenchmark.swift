import AsyncHTTPClient
import DynamoDB
import DynamoDBEngine
import Logging
import NIOCore
import NIOHTTP1

/// Measures what the DynamoDB client costs; Benchmarks/benchmarks.py runs it beside its baselines.
///
/// `ClientBenchmark http URL SECONDS`: GetItem over HTTP from 16 tasks, and how many requests were answered in a second;
/// `ClientBenchmark bare URL SECONDS`: requests of that size by async-http-client alone, unsigned and unread.
/// `ClientBenchmark process DIRECTORY CALLS`: GetItem of an engine in this process, called as itself and as any
/// `DynamoDBAPI`, by turns, and what a call takes each way.
@main
struct ClientBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let amount = Int(arguments[3]) else {
            print("usage: ClientBenchmark http|bare URL SECONDS | process DIRECTORY CALLS")
            return
        }
        // Away from the main actor, which every call would have to leave and come back to.
        try await Task.detached {
            switch arguments[1] {
            case "http": try await measureRequests(to: arguments[2], for: .seconds(amount))
            case "bare": try await measureBareRequests(to: arguments[2], for: .seconds(amount))
            default: try await measureCalls(amount, in: arguments[2])
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
        let rate = try await rate(of: time) { task in
            let output = try await client.getItem(GetItemInput(tableName: "http", key: ["id": .string("k\(task)")]))
            precondition(output.item != nil, "the server answers without an item")
        }
        try await client.close()
        print("http: \(rate)/s")
    }

    private static func measureBareRequests(to url: String, for time: Duration) async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        let rate = try await rate(of: time) { task in
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers.add(name: "content-type", value: "application/x-amz-json-1.0")
            request.headers.add(name: "x-amz-target", value: "DynamoDB_20120810.GetItem")
            request.headers.add(name: "authorization", value: String(repeating: "a", count: 200))
            request.body = .bytes(ByteBuffer(string: #"{"TableName":"http","Key":{"id":{"S":"k\#(task)"}}}"#))
            let body = try await client.execute(request, timeout: .seconds(5)).body.collect(upTo: 1 << 20)
            precondition(body.readableBytes > 0, "the server answers without a body")
        }
        try await client.shutdown()
        print("bare: \(rate)/s")
    }

    /// How often 16 tasks get something done in a second.
    private static func rate(
        of time: Duration, _ work: @escaping @Sendable (_ task: Int) async throws -> Void
    ) async throws -> Int {
        let end = ContinuousClock.now + time
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<16 {
                group.addTask {
                    var count = 0
                    while ContinuousClock.now < end {
                        try await work(task)
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        return Int(Double(count) / (time / .seconds(1)))
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
