import InMemoryTracing
import Logging
import MetricsTestKit
import Testing
import Tracing

@testable import DynamoDB

@Suite struct ObserverTests {
    private static let throttled = FakeTransport.Answer.response(
        status: 400, body: #"{"__type":"x#ThrottlingException","message":"m"}"#)

    @Test func callsAttemptsAndRetriesAreCounted() async throws {
        let metrics = TestMetrics()
        let tracer = InMemoryTracer()
        let observer = ClientObserver(logger: Logger(label: "test"), factory: metrics, tracer: tracer)
        let client = try DynamoDBClient.fake(
            FakeTransport(Self.throttled, Self.throttled, .response(status: 200, body: "{}"), Self.throttled),
            observer: observer)
        _ = try await client.getItem(GetItemInput(tableName: "t", key: ["secret": "hidden"]))
        await #expect(throws: DynamoDBError.self) {
            try await client.getItem(GetItemInput(tableName: "t", key: ["secret": "hidden"]))
        }

        #expect(try metrics.expectCounter("dynamodb.client.attempts", [("operation", "GetItem")]).totalValue == 6)
        let code = ("code", "ThrottlingException")
        #expect(try metrics.expectCounter("dynamodb.client.retries", [("operation", "GetItem"), code]).totalValue == 4)
        for result in ["ok", "ThrottlingException"] {
            let timer = try metrics.expectTimer(
                "db.client.operation.duration", [("operation", "GetItem"), ("result", result)])
            #expect(timer.values.count == 1)
        }

        let spans = tracer.finishedSpans
        #expect(spans.map(\.operationName) == ["DynamoDB.GetItem", "DynamoDB.GetItem"])
        #expect(spans.map(\.kind) == [.client, .client])
        #expect(spans.map { $0.events.map(\.name) } == [["retry", "retry"], ["retry", "retry"]])
        #expect(spans[1].errors.count == 1)
        #expect(!"\(spans)".contains("hidden"))
    }
}
