import Foundation
import MiyabiDatabase
import Postgres
import Testing

@Suite struct ExecutionTests {
    private func pending(_ people: People, _ agent: AgentType = .codeGen) -> ExecutionStore.Pending {
        .init(
            id: UUID(), userID: people.ann, repositoryID: people.repository, agentType: agent,
            issueNumber: 42)
    }

    @Test func aRunGoesFromPendingToItsEnd() async throws {
        try await withPeople { database, people in
            // Whose run it is may ask for it; what becomes of it is the service's.
            let ann = PostgresSessionRole.user(try VerifiedClaims(subject: people.ann))
            let asked = try await database.withSession(as: ann) {
                try await $0.executions.request(.codeGen, for: people.ann, on: people.repository, issueNumber: 42)
            }
            try await database.withSession(as: .service) { relations in
                let executions = relations.executions
                #expect(try await executions.execution(asked.id).status == .pending)
                let claimed = try await executions.claim(5, as: "test").map(\.execution)
                #expect(claimed.map(\.id) == [asked.id])
                #expect(claimed.first?.status == .running)
                #expect(claimed.first?.startedAt != nil)
                #expect(try await executions.claim(5, as: "test").isEmpty)
                let result = PostgresJSON(#"{"pull_request": "it's #1"}"#)
                let done = try await executions.complete(asked.id, result: result)
                #expect(done.status == .completed)
                #expect(done.completedAt != nil)
                #expect(try done.result?.decode([String: String].self) == ["pull_request": "it's #1"])
            }
            let seen = try await database.withSession(as: ann) { try await $0.executions.execution(asked.id) }
            #expect(seen.issueNumber == 42)
            let bob = PostgresSessionRole.user(try VerifiedClaims(subject: people.bob))
            await #expect(throws: ExecutionError.notFound(asked.id)) {
                try await database.withSession(as: bob) { try await $0.executions.execution(asked.id) }
            }
            // What becomes of a run is not for its user to say.
            let refusal = try await #require(throws: PostgresError.self) {
                try await database.withSession(as: ann) { try await $0.executions.fail(asked.id, "no") }
            }
            #expect(refusal.sqlState == PostgresSQLState.insufficientPrivilege)
        }
    }

    /// Every state against every change.
    @Test func noRunGoesBack() async throws {
        try await withPeople { database, people in
            for from in ExecutionStatus.allCases {
                for to in [ExecutionStatus.running, .completed, .failed] {
                    let asked = pending(people)
                    let change = { @Sendable (status: ExecutionStatus, executions: ExecutionStore) in
                        switch status {
                        case .pending: break
                        case .running: try await executions.start(asked.id)
                        case .completed: try await executions.complete(asked.id)
                        case .failed: try await executions.fail(asked.id, "it's over")
                        }
                    }
                    try await database.withSession(as: .service) { relations in
                        let executions = relations.executions
                        try await executions.open(asked)
                        if from == .completed { try await executions.start(asked.id) }
                        try await change(from, executions)
                        let before = try await executions.execution(asked.id)
                        #expect(before.status == from)
                        if from.next.contains(to) {
                            try await change(to, executions)
                            #expect(try await executions.execution(asked.id).status == to)
                        } else {
                            let error = ExecutionError.illegalTransition(asked.id, from: from, to: to)
                            await #expect(throws: error) { try await change(to, executions) }
                            #expect(try await executions.execution(asked.id) == before)
                        }
                    }
                }
            }
        }
    }

    @Test func dispatchersShareRunsWithoutWaiting() async throws {
        try await withPeople { database, people in
            let asked = (0..<60).map { _ in pending(people) }
            try await database.withSession(as: .service) { relations in
                _ = try await relations.executions.open(asked + [pending(people, .review)])
            }
            let claimed = try await withThrowingTaskGroup(of: [UUID].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var mine: [UUID] = []
                        while true {
                            let next = try await database.withSession(as: .service) { relations in
                                try await relations.executions.claim(3, agents: [.codeGen], as: "test")
                            }
                            if next.isEmpty { return mine }
                            mine += next.map(\.execution.id)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == 60)
            #expect(Set(claimed) == Set(asked.map(\.id)))
        }
    }

    @Test func aLogKeepsItsOrder() async throws {
        try await withPeople { database, people in
            let asked = pending(people)
            let lines = (0..<450).map { number in
                ExecutionLogLine.New(
                    number.isMultiple(of: 7) ? .warn : .info, "line '\(number)'",
                    data: number == 3 ? PostgresJSON(#"{"n": 3}"#) : nil)
            }
            try await database.withSession(as: .service) { relations in
                try await relations.executions.open(asked)
                try await relations.executions.log(lines, of: asked.id)
                var found: [ExecutionLogLine] = []
                var cursor: PageCursor?
                repeat {
                    let page = try await relations.executions.lines(of: asked.id, after: cursor)
                    found += page.rows
                    cursor = page.next
                } while cursor != nil
                #expect(found.map(\.message) == lines.map(\.message))
                #expect(found.map(\.level) == lines.map(\.level))
                #expect(found[3].data != nil)
            }
            let error = try await #require(throws: ConstraintViolation.self) {
                try await database.withSession(as: .service) {
                    try await $0.executions.log([.init(.info, "x")], of: UUID())
                }
            }
            #expect(error.kind == .foreignKey && error.fields == ["execution_id"])
        }
    }
}
