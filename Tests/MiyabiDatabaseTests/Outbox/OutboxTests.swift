import DynamoDB
import Foundation
import InMemoryLogging
import Logging
import MiyabiTestSupport
import Postgres
import Synchronization
import Testing

@testable import MiyabiDatabase
@testable import MiyabiRelational

@Suite(.timeLimit(.minutes(5)))
struct OutboxTests {
    @Test func aChangeBecomesAnEventAStateAndMessages() async throws {
        try await withOutbox { outbox in
            let run = try await outbox.run(through: [.running, .completed])
            #expect(try await outbox.status().depth == 3)
            try await outbox.drain(OutboxRelay(outbox.platform.database, as: "test"))
            try await outbox.expectTold(run, [.pending, .running, .completed])
            let state = try await outbox.platform.database.agentStates.current(
                AgentStateStore.agentID(ofExecution: run))
            #expect(state?.report.progress == 100)
            #expect(state?.expiresAt != nil)
            let status = try await outbox.status()
            #expect(status.depth == 0 && status.lagSeconds == 0 && status.parked == 0)
        }
    }

    @Test func whatIsRolledBackIsNotTold() async throws {
        try await withOutbox { outbox in
            await #expect(throws: CancellationError.self) {
                try await outbox.platform.database.withSession(as: .service) { relations in
                    try await relations.executions.open(outbox.pending())
                    throw CancellationError()
                }
            }
            let depth = try await outbox.status().depth
            #expect(depth == 0)
        }
    }

    /// The relay stops before its n-th write, for every n until it comes through: as often as there are writes.
    @Test(arguments: [[ExecutionStatus.running, .failed], [.failed]])
    func aRelayThatDiesBeforeAnyWriteTellsEverythingOnceInTheEnd(_ statuses: [ExecutionStatus]) async throws {
        try await withOutbox { outbox in
            var deaths = 0
            while true {
                let run = try await outbox.run(through: statuses)
                let left = Mutex(deaths)
                let mortal = InterceptedTables(engine: outbox.platform.engine) { _ in
                    let isAlive = left.withLock { left in
                        left -= 1
                        return left >= 0
                    }
                    if !isAlive { throw CancellationError() }
                }
                let dying = OutboxRelay(outbox.platform.with(dynamoDB: mortal), as: "mortal")
                var died = false
                do { try await outbox.drain(dying) } catch is CancellationError { died = true }
                try await outbox.drain(OutboxRelay(outbox.platform.database, as: "heir"))
                try await outbox.expectTold(run, [.pending] + statuses)
                if !died { break }
                deaths += 1
            }
            #expect(deaths >= 6)
        }
    }

    @Test func everyWriteThatIsSentTwiceIsTheSameAsOnce() async throws {
        try await withOutbox { outbox in
            let run = try await outbox.run(through: [.running, .completed])
            let twice = outbox.platform.with(dynamoDB: ResendingTables(engine: outbox.platform.engine))
            try await outbox.drain(OutboxRelay(twice, as: "test"))
            try await outbox.expectTold(run, [.pending, .running, .completed])
        }
    }

    @Test func twoRelaysAtOnceTellEverythingOnce() async throws {
        try await withOutbox { outbox in
            var runs: [UUID] = []
            for _ in 0..<20 { runs.append(try await outbox.run(through: [.running, .completed])) }
            try await withThrowingTaskGroup { group in
                for name in ["a", "b"] {
                    group.addTask { try await outbox.drain(OutboxRelay(outbox.platform.database, as: name)) }
                }
                try await group.waitForAll()
            }
            for run in runs { try await outbox.expectTold(run, [.pending, .running, .completed]) }
        }
    }

    @Test func whatCannotBeToldIsParkedAndHoldsUpItsOwnExecutionOnly() async throws {
        try await withOutbox { outbox in
            let database = outbox.platform.database
            let poisoned = try await outbox.run(through: [])
            try await database.withSession(as: .service) { relations in
                _ = try await relations.executions.fail(poisoned, String(repeating: "x", count: 500_000))
            }
            let other = try await outbox.run(through: [.running])
            let relay = OutboxRelay(database, as: "test", options: .init(attempts: 3))
            for _ in 0..<6 { try await relay.relay() }
            try await outbox.expectTold(other, [.pending, .running])
            try await outbox.expectTold(poisoned, [.pending])
            #expect(try await outbox.status().parked == 1)

            let parked = try await database.withSession(as: .service) { try await $0.outbox.parked() }
            #expect(parked.map(\.executionID) == [poisoned])
            #expect(parked.first?.attempts == 3)
            #expect(parked.first?.lastError?.isEmpty == false)

            try await database.postgres.executeAsOwner("UPDATE outbox.changes SET error_message = 'x'")
            let retried = try await database.withSession(as: .service) { try await $0.outbox.retry() }
            #expect(retried == 1)
            try await outbox.drain(relay)
            try await outbox.expectTold(poisoned, [.pending, .failed])
        }
    }

    @Test func aHolderThatToldMoreIsNotSetBack() async throws {
        try await withOutbox { outbox in
            let database = outbox.platform.database
            let run = try await outbox.run(through: [.running])
            let agent = AgentStateStore.agentID(ofExecution: run)
            _ = try await database.agentStates.create(agent)
            let claim = try await database.agentStates.claim(agent, as: "worker")
            try await database.agentStates.report(AgentReport(currentTask: "tests", progress: 65), of: claim)
            try await outbox.drain(OutboxRelay(database, as: "test"))
            #expect(try await database.agentStates.current(agent)?.report.progress == 65)

            try await database.withSession(as: .service) { _ = try await $0.executions.fail(run, "stopped") }
            try await outbox.drain(OutboxRelay(database, as: "test"))
            #expect(try await database.agentStates.current(agent)?.status == .failed)
            await #expect(throws: (any Error).self) { try await database.agentStates.complete(claim) }
        }
    }

    @Test func everyOutageIsWarnedOfOnceAndOverWhenItIsOver() async throws {
        try await withOutbox { outbox in
            let log = InMemoryLogHandler()
            let isOut = Mutex(false)
            let tables = InterceptedTables(engine: outbox.platform.engine) { _ in
                if isOut.withLock({ $0 }) { throw DynamoDBError(code: .internalServerError, message: "out of order") }
            }
            let database = outbox.platform.with(dynamoDB: tables, logger: Logger(label: "test") { _ in log })
            try await withThrowingTaskGroup { group in
                group.addTask { await OutboxRelay(database, as: "test").run() }
                for outage in 1...2 {
                    isOut.withLock { $0 = true }
                    let run = try await outbox.run(through: [])
                    while log.entries.count(where: { $0.level == .warning }) < outage {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    isOut.withLock { $0 = false }
                    while log.entries.count(where: { $0.level == .notice }) < outage {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    try await outbox.drain(OutboxRelay(database, as: "other"))
                    try await outbox.expectTold(run, [.pending])
                }
                group.cancelAll()
            }
            #expect(log.entries.map(\.level) == [.warning, .notice, .warning, .notice])
        }
    }

    /// What a promotion or a restore does: the counter goes back, and a number comes again for another change.
    @Test func aNumberThatComesAgainIsAnotherChange() async throws {
        try await withOutbox { outbox in
            let relay = OutboxRelay(outbox.platform.database, as: "test")
            var runs: [UUID] = []
            for _ in 0..<3 {
                try await outbox.platform.database.postgres.executeAsOwner(
                    "ALTER TABLE outbox.changes ALTER id RESTART")
                runs.append(try await outbox.run(through: [.running]))
                try await outbox.drain(relay)
            }
            for run in runs { try await outbox.expectTold(run, [.pending, .running]) }

            // A relay that slept over it does not remove the change that has the number now.
            let stale = OutboxStore.Row(number: 1, id: UUID(), change: .failure(CancellationError()))
            try await outbox.platform.database.postgres.executeAsOwner("ALTER TABLE outbox.changes ALTER id RESTART")
            _ = try await outbox.run(through: [])
            try await outbox.platform.database.withSession(as: .service) { try await $0.outbox.remove([stale]) }
            #expect(try await outbox.status().depth == 1)
        }
    }

    @Test(arguments: ["status = 'strange'", "changed_at = 'infinity'", "changed_at = '1969-01-01'"])
    func whatCannotBeReadIsParkedAndTheRestGoesOn(_ damage: String) async throws {
        try await withOutbox { outbox in
            let database = outbox.platform.database
            let damaged = try await outbox.run(through: [])
            try await database.postgres.executeAsOwner("UPDATE outbox.changes SET \(unsafeSQL: damage)")
            let sound = try await outbox.run(through: [.running])
            let relay = OutboxRelay(database, as: "test", options: .init(attempts: 2))
            for _ in 0..<3 { try await relay.relay() }
            try await outbox.expectTold(sound, [.pending, .running])
            let parked = try await database.withSession(as: .service) { try await $0.outbox.parked() }
            #expect(parked.map(\.executionID) == [damaged])
            #expect(parked.first?.lastError?.isEmpty == false)
        }
    }

    /// One change meets an error for ever, of which nobody knows what it means; the others are relayed each round.
    @Test(arguments: [true, false])
    func anErrorOfOneChangeDoesNotStopTheRest(_ isOfDynamoDB: Bool) async throws {
        struct Strange: Error {}
        try await withOutbox { outbox in
            let bad = try await outbox.run(through: [])
            let partition = "AGENT#" + AgentStateStore.agentID(ofExecution: bad)
            let tables = InterceptedTables(engine: outbox.platform.engine) { key in
                guard key == partition else { return }
                if isOfDynamoDB { throw DynamoDBError(code: .init(rawValue: "NewException"), message: "new") }
                throw Strange()
            }
            let relay = OutboxRelay(outbox.platform.with(dynamoDB: tables), as: "test", options: .init(attempts: 3))
            let sound = try await outbox.run(through: [.running, .completed])
            for _ in 0..<3 { #expect(try await relay.relay() == 1) }
            try await outbox.expectTold(sound, [.pending, .running, .completed])
            let parked = try await database(of: outbox).withSession(as: .service) { try await $0.outbox.parked() }
            #expect(parked.map(\.executionID) == [bad] && parked.map(\.attempts) == [3])
            #expect(parked.first?.lastError?.contains(isOfDynamoDB ? "NewException" : "Strange") == true)
            // It is not lost.
            #expect(try await outbox.status().depth == 1)
            _ = try await database(of: outbox).withSession(as: .service) { try await $0.outbox.retry() }
            try await outbox.drain(OutboxRelay(database(of: outbox), as: "test"))
            try await outbox.expectTold(bad, [.pending])
        }
    }

    private func database(of outbox: OutboxFixture) -> Database { outbox.platform.database }

    /// With nothing else to relay, a write that changes nothing tells whether it is the change or DynamoDB.
    @Test func aRefusalForAnUnknownReasonIsTheChangesOwnOnlyIfDynamoDBTakesOtherWrites() async throws {
        try await withOutbox { outbox in
            let bad = try await outbox.run(through: [])
            let partition = "AGENT#" + AgentStateStore.agentID(ofExecution: bad)
            let isOut = Mutex(true)
            let tables = InterceptedTables(engine: outbox.platform.engine) { key in
                guard key == partition || isOut.withLock({ $0 }) else { return }
                throw DynamoDBError(code: .init(rawValue: "NewException"), message: "new")
            }
            let relay = OutboxRelay(outbox.platform.with(dynamoDB: tables), as: "test", options: .init(attempts: 2))
            for _ in 0..<5 {
                let error = await #expect(throws: DynamoDBError.self) { try await relay.relay() }
                #expect(error?.code.rawValue == "NewException")
            }
            #expect(try await outbox.status().parked == 0)
            isOut.withLock { $0 = false }
            for _ in 0..<2 { #expect(try await relay.relay() == 0) }
            #expect(try await outbox.status().parked == 1)
        }
    }

    /// For a hundred changes: one read of the outbox, and a transaction for as many messages of a connection as fit.
    @Test func messagesOfAConnectionShareTransactionsAndNoDirectoryIsRead() async throws {
        try await withOutbox { outbox in
            let runs = try await concurrently(Array(0..<100), atMost: 4) { _ in try await outbox.run(through: []) }
            let written = Mutex<[String: Int]>([:])
            let queried = Mutex(0)
            var tables = InterceptedTables(engine: outbox.platform.engine)
            tables.beforeWriting = { key in
                written.withLock { $0[String(key.prefix { $0 != "#" }), default: 0] += 1 }
            }
            tables.onQuery = { output in
                for item in output.items ?? [] where item["PK"]?.string?.hasPrefix("EVENT") == true {
                    queried.withLock { $0 += 1 }
                }
                return output
            }
            let transactions = Mutex(0)
            tables.onTransaction = { input in
                let isOfMessages = input.transactItems.contains { item in
                    guard case .put(let put) = item else { return false }
                    return put.item["message_type"] != nil
                }
                if isOfMessages { transactions.withLock { $0 += 1 } }
            }
            #expect(try await OutboxRelay(outbox.platform.with(dynamoDB: tables), as: "test").relay() == 100)
            #expect(transactions.withLock { $0 } == 3)
            #expect(queried.withLock { $0 } == 0)
            #expect(written.withLock { $0["EVENT"] } == 100)
            for run in runs.prefix(3) { try await outbox.expectTold(run, [.pending]) }
        }
    }

    @Test func aCommitOfThisProcessRingsAndReadingDoesNot() async throws {
        try await withOutbox { outbox in
            let database = outbox.platform.database
            let bell = database.outboxBell
            let before = bell.rings
            _ = try await outbox.status()
            #expect(bell.rings == before)
            let run = try await outbox.run(through: [.running])
            #expect(bell.rings == before + 2)
            await bell.wait(after: before, atMost: .seconds(3600))
            try? await database.withSession(as: .service) { relations in
                _ = try await relations.executions.complete(run)
                throw CancellationError()
            }
            #expect(bell.rings == before + 2)

            let waiting = Task { await bell.wait(after: before + 2, atMost: .seconds(3600)) }
            bell.ring()
            await waiting.value
            let cancelled = Task { await bell.wait(after: before + 3, atMost: .seconds(3600)) }
            cancelled.cancel()
            await cancelled.value
        }
    }

    @Test func onlyServicesSeeTheOutbox() async throws {
        try await withOutbox { outbox in
            _ = try await outbox.run(through: [])
            let claims = try VerifiedClaims(subject: outbox.people.ann)
            for role in [PostgresSessionRole.anonymous, .user(claims)] {
                let error = try await #require(throws: PostgresError.self) {
                    try await outbox.platform.database.withSession(as: role) { _ = try await $0.outbox.status() }
                }
                #expect(error.sqlState == PostgresSQLState.insufficientPrivilege)
            }
        }
    }
}
