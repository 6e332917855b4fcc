import Foundation
import MiyabiDatabase
import MiyabiImport
import MiyabiOperations
import Postgres

/// An agent from end to end, over real webhooks: what GitHub sent is imported, which opens executions; a worker claims
/// them, tells how far it is, logs, and completes them; the outbox tells everybody.
///
///     scripts/up --detach
///     swift run AgentExample [FILE.ndjson]
@main
struct AgentExample {
    static func main() async throws {
        let file = CommandLine.arguments.dropFirst().first ?? "Database/sample/github-webhooks.ndjson"
        try await MiyabiEnvironment.withConnection { @Sendable environment in
            let database = environment.database
            let imported = try await GitHubImporter(database: database).run(LineReader(path: file))
            print(imported.sentence)

            let agent = AgentExample(database: database, worker: "example/\(ProcessInfo.processInfo.processIdentifier)")
            var done: [Execution] = []
            while case let runs = try await agent.workOnNext(), !runs.isEmpty { done += runs }
            print("\(done.count) executions completed")
            try await agent.waitForOutbox()
            for run in done.prefix(3) { try await agent.tell(of: run) }
        }
    }

    let database: Database
    let worker: String

    /// Takes up to five runs that nobody works on, also those whose worker was killed, and works on all of them at once,
    /// with heartbeats: when this worker stops, another takes over, and whatever this one still tries to write is refused.
    func workOnNext() async throws -> [Execution] {
        let claims = try await database.withSession(as: .service) { try await $0.executions.claim(5, as: worker) }
        return try await withThrowingTaskGroup { group in
            for claim in claims {
                group.addTask {
                    try await database.work(on: claim) {
                        PostgresJSON("{\"events\": \(try await work(on: claim.execution))}")
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Does a run's work, and tells how far it is. The agent ends when its run does: the outbox sees to that.
    private func work(on run: Execution) async throws -> Int {
        let agentID = AgentStateStore.agentID(ofExecution: run.id)
        let states = database.agentStates
        _ = try await states.create(agentID)
        return try await states.withClaim(agentID, as: worker) { claim in
            try await states.report(AgentReport(currentTask: "Reading what happened", progress: 25), of: claim)
            let count = try await events(of: run)
            try await states.report(AgentReport(currentTask: "Writing it down", progress: 75), of: claim)
            try await log("read \(count) events", of: run)
            return count
        }
    }

    private func events(of run: Execution) async throws -> Int {
        guard let repository = run.repositoryID else { return 0 }
        var count = 0
        for try await page in try database.events.events(repository: repository, order: .newestFirst) {
            count += page.events.count
        }
        return count
    }

    private func log(_ line: String, of run: Execution) async throws {
        try await database.withSession(as: .service) { relations in
            try await relations.executions.log([.init(.info, line)], of: run.id)
        }
    }

    /// Waits until DynamoDB has what PostgreSQL committed; `miyabi up` relays it.
    func waitForOutbox() async throws {
        while try await database.withSession(as: .service, { try await $0.outbox.status().depth }) > 0 {
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// What the run's own user sees of it, under row-level security.
    func tell(of run: Execution) async throws {
        let user = PostgresSessionRole.user(try VerifiedClaims(subject: run.userID))
        let lines = try await database.withSession(as: user) { try await $0.executions.lines(of: run.id).rows }
        let state = try await database.agentStates.current(AgentStateStore.agentID(ofExecution: run.id))
        print(
            "\(run.agentType.rawValue) of issue \(run.issueNumber.map { "\($0)" } ?? "none"): \(run.status.rawValue),",
            "\(state?.report.progress ?? 0) %,", lines.map(\.message).joined(separator: "; "))
    }
}
