import InMemoryTracing
import Postgres
import TestSupport
import Testing
import Tracing

@Suite struct TracingTests {
    @Test func eachStatementHasASpan() async throws {
        try await withDatabase { configuration in
            let tracer = InMemoryTracer()
            var configuration = configuration
            configuration.tracer = tracer
            let db = try await PostgresConnection.connect(configuration)
            try await db.execute("SELECT \(42)")
            await #expect(throws: PostgresError.self) { try await db.query("SELECT 1/0") }
            await db.close()

            let spans = tracer.finishedSpans
            let database = try #require(configuration["dbname"])
            let port = Int64(try await TestCluster.shared.port)
            #expect(spans.map(\.operationName) == ["SELECT \(database)", "SELECT \(database)"])
            let attributes = try #require(spans.first).attributes
            #expect(spans.first?.kind == .client)
            #expect(attributes.get("db.system.name") == .string("postgresql"))
            #expect(attributes.get("db.namespace") == .string(database))
            #expect(attributes.get("db.operation.name") == .string("SELECT"))
            #expect(attributes.get("db.query.text") == .string("SELECT $1"))
            #expect(attributes.get("server.address") == .string("127.0.0.1"))
            #expect(attributes.get("server.port") == .int64(port))
            #expect(attributes.get("error.type") == nil)
            let failed = try #require(spans.last)
            #expect(failed.status?.code == .error)
            #expect(failed.attributes.get("db.response.status_code") == .string("22012"))
        }
    }
}
