import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Synchronization
import Testing

@testable import MiyabiRelational

@Suite(.timeLimit(.minutes(5))) struct ExecutionClaimTests {
    /// Five runs of Ann's, opened.
    private func open(_ count: Int, _ database: Database, _ people: People) async throws -> Set<UUID> {
        let runs = (0..<count).map { _ in
            ExecutionStore.Pending(
                id: UUID(), userID: people.ann, repositoryID: people.repository, agentType: .codeGen)
        }
        try await database.withSession(as: .service) { _ = try await $0.executions.open(runs) }
        return Set(runs.map(\.id))
    }

    private func claim(
        _ count: Int, _ database: Database, as owner: String, for duration: Duration = .seconds(3600)
    ) async throws -> [ExecutionClaim] {
        try await database.withSession(as: .service) { relations in
            try await relations.executions.claim(count, as: owner, for: duration)
        }
    }

    /// As if the time of every claim had run out.
    private func expire(_ database: Database) async throws {
        try await database.postgres.executeAsOwner(
            "UPDATE dispatch.leases SET expires_at = now() - interval '1 second'")
    }

    @Test func whatADeadWorkerHeldIsTakenOverAndTheDeadCanNoLongerEndIt() async throws {
        try await withPeople { database, people in
            let ids = try await open(5, database, people)
            let dead = try await claim(5, database, as: "dead")
            #expect(Set(dead.map(\.execution.id)) == ids)
            try await database.withSession(as: .service) { _ = try await $0.executions.complete(dead[0]) }
            #expect(try await claim(5, database, as: "early").isEmpty)
            try await expire(database)

            let alive = try await claim(10, database, as: "alive")
            #expect(Set(alive.map(\.execution.id)) == ids.subtracting([dead[0].execution.id]))
            #expect(alive.allSatisfy { $0.attempt == 2 && $0.execution.status == .running })
            for claim in dead.dropFirst() {
                let lost = ExecutionError.claimLost(claim.execution.id)
                await #expect(throws: lost) {
                    try await database.withSession(as: .service) { try await $0.executions.renew(claim) }
                }
                await #expect(throws: lost) {
                    try await database.withSession(as: .service) { try await $0.executions.complete(claim) }
                }
                await #expect(throws: lost) {
                    try await database.withSession(as: .service) { try await $0.executions.fail(claim, "late") }
                }
                try await database.withSession(as: .service) { try await $0.executions.giveBack(claim) }
            }
            for claim in alive {
                try await database.withSession(as: .service) { relations in
                    try await relations.executions.renew(claim)
                    try await relations.executions.complete(claim)
                }
            }
            let left = try await database.postgres.queryAsOwner("SELECT count(*) FROM dispatch.leases").decode(Int.self)
            #expect(left == [0])
        }
    }

    /// One claim of ten milliseconds, whose worker only sleeps: the server's clock ends it.
    @Test func aClaimEndsByTheServersClock() async throws {
        try await withPeople { database, people in
            let ids = try await open(1, database, people)
            _ = try await claim(1, database, as: "asleep", for: .milliseconds(10))
            var taken: [ExecutionClaim] = []
            while taken.isEmpty { taken = try await claim(1, database, as: "awake") }
            #expect(Set(taken.map(\.execution.id)) == ids)
        }
    }

    @Test func workersAtOnceTakeEachOverdueRunOnce() async throws {
        try await withPeople { database, people in
            let ids = try await open(40, database, people)
            _ = try await claim(40, database, as: "dead")
            try await expire(database)
            let taken = try await concurrently(Array(0..<4), atMost: 4) { number in
                var mine: [UUID] = []
                while case let claims = try await claim(3, database, as: "\(number)"), !claims.isEmpty {
                    mine += claims.map(\.execution.id)
                }
                return mine
            }.flatMap { $0 }
            #expect(taken.count == 40 && Set(taken) == ids)
        }
    }

    @Test func aRunThatStopsEveryWorkerFailsInTheEnd() async throws {
        try await withPeople { database, people in
            let id = try #require(try await open(1, database, people).first)
            for attempt in 1...5 {
                #expect(try await claim(1, database, as: "w").map(\.attempt) == [attempt])
                try await expire(database)
            }
            #expect(try await claim(1, database, as: "w").isEmpty)
            let run = try await database.withSession(as: .service) { try await $0.executions.execution(id) }
            #expect(run.status == .failed && run.errorMessage?.contains("5 attempts") == true)
        }
    }

    @Test func workCompletesFailsOrGivesBackItsRun() async throws {
        struct Fault: Error {}
        try await withPeople { database, people in
            _ = try await open(3, database, people)
            let claims = try await claim(3, database, as: "w")
            let done = try await database.work(on: claims[0]) { PostgresJSON("{}") }
            #expect(done.status == .completed && done.result != nil)

            await #expect(throws: Fault.self) { try await database.work(on: claims[1]) { throw Fault() } }
            let failed = try await database.withSession(as: .service) { relations in
                try await relations.executions.execution(claims[1].execution.id)
            }
            #expect(failed.status == .failed && failed.errorMessage == "Fault()")

            // Told to stop: the run is given back at once, and that was no attempt.
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let worker = Task {
                try await database.work(on: claims[2]) {
                    begin.finish()
                    try await sleepUntilCancelled()
                    return nil
                }
            }
            for await _ in begun {}
            worker.cancel()
            await #expect(throws: CancellationError.self) { try await worker.value }
            #expect(try await claim(1, database, as: "next").map(\.attempt) == [1])
        }
    }

    @Test func heartbeatsKeepAClaimAndLosingItCancelsTheWork() async throws {
        try await withPeople { database, people in
            _ = try await open(1, database, people)
            let held = try #require(try await claim(1, database, as: "w", for: .seconds(3)).first)
            let wasCancelled = Mutex(false)
            await #expect(throws: ExecutionError.claimLost(held.execution.id)) {
                try await database.work(on: held) {
                    func expiry() async throws -> Date? {
                        try await database.withSession(as: .service) { relations in
                            try await relations.executions.leases(of: [held.execution.id])[held.execution.id]?.expiresAt
                        }
                    }
                    let first = try await expiry()
                    while try await expiry() == first { try await Task.sleep(for: .milliseconds(5)) }
                    _ = try await database.withSession(as: .service) { relations in
                        try await relations.executions.requeue([held.execution.id])
                    }
                    do { try await sleepUntilCancelled() } catch { wasCancelled.withLock { $0 = true } }
                    return nil
                }
            }
            #expect(wasCancelled.withLock { $0 })
        }
    }

    @Test func operatorsSeeAndRequeueWhatNobodyWorksOn() async throws {
        try await withPeople { database, people in
            let ids = try await open(4, database, people)
            let claims = try await claim(2, database, as: "dead")
            let begun = try #require(ids.subtracting(claims.map(\.execution.id)).first)
            try await database.withSession(as: .service) { relations in
                let executions = relations.executions
                // Begun without a claim, as by psql.
                try await executions.start(begun)
                #expect(try await executions.stalled().map(\.id) == [begun])
                #expect(try await executions.leases(of: Array(ids)).values.map(\.owner) == ["dead", "dead"])
                #expect(try await executions.requeue([begun, UUID()]) == [begun])
                // One that waits already is left as it is.
                #expect(try await executions.requeue(Array(ids)).count == 3)
                #expect(try await executions.stalled().count == 3)
                let leases = try await executions.leases(of: Array(ids))
                #expect(
                    leases.count == 3 && leases.values.allSatisfy { $0.owner == nil && $0.isOver && $0.attempts == 0 })
            }
            #expect(try await Set(claim(10, database, as: "next").map(\.execution.id)) == ids)
            let badOwner = await #expect(throws: LeaseError.self) { try await claim(1, database, as: "") }
            #expect(badOwner?.code == .invalidOwner)
        }
    }
}
