import DynamoDB
import Foundation
import MiyabiTestSupport
import Testing

@testable import MiyabiDatabase
@testable import MiyabiRealtime

/// The product with keys that have the shipped policies and nothing else: what it needs is allowed. What they forbid is in
/// Tests/Security/test_policies.py.
@Suite(.timeLimit(.minutes(5))) struct ShippedPolicyTests {
    @Test func theRelayTellsEverything() async throws {
        try await withOutbox { outbox in
            try await withClient(of: outbox.platform.engine, .relay) { client in
                let run = try await outbox.run(through: [.running, .failed])
                try await outbox.drain(OutboxRelay(outbox.platform.with(dynamoDB: client), as: "relay"))
                try await outbox.expectTold(run, [.pending, .running, .failed])
            }
            // The control: with another policy nothing comes through, and nothing is lost.
            try await withClient(of: outbox.platform.engine, .readOnly) { client in
                let run = try await outbox.run(through: [.running])
                let relay = OutboxRelay(outbox.platform.with(dynamoDB: client), as: "reader")
                await #expect(throws: (any Error).self) { try await relay.relay() }
                let depth = try await outbox.status().depth
                #expect(depth == 2)
                try await outbox.drain(OutboxRelay(outbox.platform.database, as: "heir"))
                try await outbox.expectTold(run, [.pending, .running])
            }
        }
    }

    @Test(arguments: [MiyabiPolicy.application, .relay]) func subscribersGetEveryChange(_ policy: MiyabiPolicy)
        async throws
    {
        try await withPlatform { platform in
            try await withClient(of: platform.engine, policy) { client in
                let database = platform.with(dynamoDB: client)
                let options = StreamSubscription.Options(pollInterval: .milliseconds(2), attempts: 1)
                let subscription = try database.events.subscription(named: "s", options: options)
                let event = Event(type: .webhook, userID: UUID(), data: ["a": 1])
                try await database.events.record(event)
                let seen = Seen<ULID>()
                try await running([
                    {
                        try await subscription.run(as: "w") { change in
                            if let event = try change.recordedEvent() { seen.add(event.id) }
                            throw CancellationError()
                        }
                    }
                ]) {
                    let parked = try await subscription.parked()
                    return seen.all.contains(event.id) && !parked.isEmpty
                }
                for parked in try await subscription.parked() { try await subscription.discard(parked) }
                #expect(try await subscription.status().isEmpty == false)
            }
        }
    }

    @Test func theStoresWorkWithTheApplicationsPolicy() async throws {
        try await withPlatform { platform in
            try await withClient(of: platform.engine, .application) { client in
                let database = platform.with(dynamoDB: client)
                let (user, repository) = (UUID(), UUID())
                let events = (0..<60).map { number in
                    Event(
                        type: .webhook, userID: user, repositoryID: repository,
                        data: ["n": .number(DecimalNumber(number))])
                }
                try await database.events.record(contentsOf: events, skippingRecorded: true)
                try await database.events.record(contentsOf: events, skippingRecorded: true)
                try await database.events.record(events[0])
                for pages in [
                    try database.events.events(user: user), try database.events.events(repository: repository),
                    try database.events.events(type: .webhook),
                ] {
                    var count = 0
                    for try await page in pages { count += page.events.count }
                    #expect(count == 60)
                }

                try await database.agentStates.create("a")
                let claim = try await database.agentStates.claim("a", as: "w")
                try await database.agentStates.heartbeat(claim)
                try await database.agentStates.report(AgentReport(progress: 1), of: claim)
                try await database.agentStates.release(claim)
                try await database.agentStates.fail(
                    try await database.agentStates.claim("a", as: "w"), AgentReport(progress: 2))
                var states = 0
                for try await page in database.agentStates.history(of: "a") { states += page.count }
                #expect(states >= 3)

                let item: Item = ["PK": "mine", "SK": "1"]
                try await database.leases.withLock(named: "l", as: "w") { lease in
                    try await database.leases.renew(lease)
                    try await database.leases.write(
                        [.put(Put(tableName: "MiyabiAgentState", item: item))], under: lease)
                }

                let queue = try TaskQueue("q", dynamoDB: client, options: .init(maximumAttempts: 1))
                for id in ["t", "u", "v"] { try await queue.enqueue(id, ["a": 1]) }
                let tasks = try await queue.claim(upTo: 3, as: "w")
                try await queue.heartbeat(tasks[0])
                try await queue.complete(tasks[0])
                try await queue.giveBack(tasks[1])
                _ = try await queue.retry(tasks[2], because: "it broke")
                var dead: [DeadLetter] = []
                for try await page in queue.deadLetters() { dead += page }
                #expect(dead.count == 1)
                for letter in dead { #expect(try await queue.redrive(letter.id)) }

                let drafts = (0..<30).map { MessageDraft(.executionUpdate, payload: ["n": .number(DecimalNumber($0))]) }
                let cursors = try await database.messages.send(contentsOf: drafts, to: "c")
                #expect(try await database.messages.undelivered(on: "c").count == 30)
                try await database.messages.acknowledge(on: "c", through: cursors[20])
                guard case .messages(let rest) = try await database.messages.replay(on: "c") else {
                    Issue.record("not recovered")
                    return
                }
                #expect(rest.count == 9)
                // What the health check asks.
                _ = try await client.listTables(ListTablesInput(limit: 1))
                #expect(try await MiyabiTables.states(on: client).values.allSatisfy { $0 == .active })
            }
        }
    }

    @Test func theOperatorMakesTablesAndCopies() async throws {
        try await withEngine { engine in
            try await withClient(of: engine, .operator) { client in
                #expect(try await MiyabiTables.createMissing(on: client).count == 3)
                #expect(try await MiyabiTables.createMissing(on: client).isEmpty)
                let name = MiyabiTables.events.tableName
                _ = try await client.updateContinuousBackups(
                    UpdateContinuousBackupsInput(
                        tableName: name,
                        pointInTimeRecoverySpecification: PointInTimeRecoverySpecification(
                            pointInTimeRecoveryEnabled: true)))
                _ = try await client.describeContinuousBackups(DescribeContinuousBackupsInput(tableName: name))
                let copy = MiyabiTables.copyPrefix + name
                _ = try await client.restoreTableToPointInTime(
                    RestoreTableToPointInTimeInput(
                        sourceTableName: name, targetTableName: copy, useLatestRestorableTime: true))
                try await client.waitUntilActive(copy)
                let backup = try await client.createBackup(CreateBackupInput(tableName: copy, backupName: "own"))
                let arn = try #require(backup.backupDetails?.backupArn)
                while try await client.describeBackup(DescribeBackupInput(backupArn: arn)).backupDescription?
                    .backupDetails?.backupStatus == .creating
                {}
                for try await _ in client.backupPages() {}
                _ = try await client.deleteBackup(DeleteBackupInput(backupArn: arn))
                _ = try await client.deleteTable(DeleteTableInput(tableName: copy))
                let table = try await client.describeTable(DescribeTableInput(tableName: name)).table
                let tags = TagResourceInput(resourceArn: table.tableArn ?? "", tags: [Tag(key: "a", value: "b")])
                _ = try await client.tagResource(tags)
                for try await _ in client.tagPages(ListTagsOfResourceInput(resourceArn: tags.resourceArn)) {}
                let refused = await #expect(throws: DynamoDBError.self) {
                    try await client.deleteTable(DeleteTableInput(tableName: name))
                }
                #expect(refused?.code == .accessDeniedException)
            }
        }
    }
}
