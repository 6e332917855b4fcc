import DynamoDB
import Foundation
import MiyabiTestSupport
import Postgres
import Testing

@testable import MiyabiDatabase

/// A platform on which Ann has a repository and a connection.
struct OutboxFixture {
    let platform: TestPlatform
    let people: People
    let connection = "connection-1"

    func pending() -> ExecutionStore.Pending {
        ExecutionStore.Pending(
            id: UUID(), userID: people.ann, repositoryID: people.repository, agentType: .codeGen)
    }

    /// Opens an execution and takes it through some states, each in a transaction of its own.
    func run(through statuses: [ExecutionStatus]) async throws -> UUID {
        let pending = pending()
        try await platform.database.withSession(as: .service) { _ = try await $0.executions.open(pending) }
        for status in statuses {
            try await platform.database.withSession(as: .service) { relations in
                switch status {
                case .pending: break
                case .running: try await relations.executions.start(pending.id)
                case .completed: try await relations.executions.complete(pending.id)
                case .failed: try await relations.executions.fail(pending.id, "it broke")
                }
            }
        }
        return pending.id
    }

    func status() async throws -> OutboxStore.Status {
        try await platform.database.withSession(as: .service) { try await $0.outbox.status() }
    }

    /// Relays until nothing is left.
    func drain(_ relay: OutboxRelay) async throws {
        while try await status().depth > 0 { try await relay.relay() }
    }

    /// Checks that events, states and messages tell these states of the execution, each once and in this order.
    func expectTold(
        _ run: UUID, _ statuses: [ExecutionStatus], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let expected = statuses.map(\.rawValue)
        var events: [String] = []
        for try await page in try platform.database.events.events(user: people.ann, order: .oldestFirst) {
            events += page.events.filter { $0.data["execution_id"]?.string == run.uuidString.lowercased() }
                .compactMap { $0.data["status"]?.string }
        }
        #expect(events == expected, sourceLocation: sourceLocation)

        var states: [String] = []
        for try await page in platform.database.agentStates.history(of: AgentStateStore.agentID(ofExecution: run)) {
            states += page.map(\.status.rawValue)
        }
        #expect(states == expected, sourceLocation: sourceLocation)

        guard case .messages(let messages) = try await platform.database.messages.replay(on: connection) else {
            Issue.record("not recovered", sourceLocation: sourceLocation)
            return
        }
        let told = messages.filter { $0.payload["execution_id"]?.string == run.uuidString.lowercased() }
            .compactMap { $0.payload["status"]?.string }
        #expect(told == expected, sourceLocation: sourceLocation)
    }
}

func withOutbox(
    named name: String = #function, _ body: @escaping @Sendable (OutboxFixture) async throws -> Void
) async throws {
    try await withPlatform(named: name) { platform in
        let outbox = OutboxFixture(platform: platform, people: People())
        try await outbox.people.insert(into: platform.database)
        try await platform.database.postgres.executeAsOwner(
            "INSERT INTO websocket_connections (user_id, connection_id) VALUES (\(outbox.people.ann), \(outbox.connection))"
        )
        try await body(outbox)
    }
}
