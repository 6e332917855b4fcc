import DynamoDB
import Testing

@testable import DynamoDBEngine

/// An engine on a machine whose clock is wrong, or is set while it runs.
@Suite struct MovedClockTests {
    private static let table = StreamTable.name
    private static let end = Int64(EngineClock.end)

    private func open(_ directory: TemporaryDirectory, _ time: TestTime) throws -> Engine {
        try Engine.open(in: directory, at: time, throttled: true)
    }

    /// A table with all that depends on the time: a stream, expiry, history.
    private func makeTable(_ engine: Engine) async throws {
        _ = try await engine.createTable(StreamTable.definition())
        _ = try await engine.updateTimeToLive(
            UpdateTimeToLiveInput(
                tableName: Self.table,
                timeToLiveSpecification: TimeToLiveSpecification(attributeName: "ttl", enabled: true)))
        _ = try await engine.updateContinuousBackups(
            UpdateContinuousBackupsInput(
                tableName: Self.table,
                pointInTimeRecoverySpecification: PointInTimeRecoverySpecification(
                    pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35)))
    }

    private func spend(_ token: String, _ engine: Engine) async throws {
        _ = try await engine.transactWriteItems(
            TransactWriteItemsInput(
                transactItems: [
                    .update(
                        Update(
                            tableName: Self.table, key: ["id": .number(-1)], updateExpression: "ADD n :one",
                            expressionAttributeValues: [":one": .number(1)]))
                ], clientRequestToken: token))
    }

    private func tidy(_ engine: Engine) async throws {
        try await engine.perform("Test") { core in
            while try await core.deleteExpired() {}
            try await core.changes.run { core.trim() }
        }
    }

    private func latest(_ engine: Engine, as name: String) async throws -> Set<Item> {
        _ = try await engine.restoreTableToPointInTime(
            RestoreTableToPointInTimeInput(
                sourceTableName: Self.table, targetTableName: name, useLatestRestorableTime: true))
        try await engine.waitUntilActive(name)
        return Set(try await engine.scanAll(name))
    }

    private func ids(_ engine: Engine) async throws -> [Item] {
        try await engine.scanAll(Self.table).map { ["id": $0["id"] ?? .null] }
    }

    /// Nothing traps, everything is there, and a second start says the same.
    @Test(arguments: [.min, -3_600_000_000, 0, 1, 60_000_000, end - 1, .max] as [Int64])
    func anyTimeOfDayWillDo(microseconds: Int64) async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        time.set(microseconds: microseconds)
        var engine = try open(directory, time)
        try await makeTable(engine)
        for round in 0..<2 {
            for id in 0..<3 { try await engine.put(["id": .number(DecimalNumber(id + 3 * round))]) }
            try await spend("once", engine)
            try await tidy(engine)
            let items = Set(try await engine.scanAll(Self.table))
            #expect(items.count == 3 + 3 * round + 1)
            #expect(items.contains(["id": .number(-1), "n": .number(1)]))
            #expect(try await latest(engine, as: "Past\(round)") == items)
            let stream = try await engine.latestStream()
            #expect(try await engine.readAll(stream).count == 4 + 3 * round)
            let backups = try await engine.describeContinuousBackups(
                DescribeContinuousBackupsInput(tableName: Self.table)
            ).continuousBackupsDescription?.pointInTimeRecoveryDescription
            let earliest = try #require(backups?.earliestRestorableDateTime)
            #expect(earliest <= (try #require(backups?.latestRestorableDateTime)))
            _ = try await engine.createBackup(CreateBackupInput(tableName: Self.table, backupName: "b-\(round)"))
            while try await engine.listBackups(ListBackupsInput()).backupSummaries?.last?.backupStatus != .available {
                try await Task.sleep(for: .milliseconds(2))
            }
            #expect(try await engine.listBackups(ListBackupsInput()).backupSummaries?.count == round + 1)
            await engine.close()
            engine = try open(directory, time)
        }
        await engine.close()
    }

    /// The clock goes back while the engine runs, or while it does not, and then on from there.
    @Test(arguments: [false, true], [-3_600, -86_400 * 400, -1_799_999_000])
    func whatComesAfterAClockWasSetBackComesAfter(restarts: Bool, seconds: Int) async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        var engine = try open(directory, time)
        try await makeTable(engine)
        for id in 0..<5 { try await engine.put(["id": .number(DecimalNumber(id))]) }
        try await spend("once", engine)
        if restarts { await engine.close() }
        time.set(seconds: time.seconds + seconds)
        if restarts { engine = try open(directory, time) }

        // Not made again: the token is known, whatever the clock says.
        try await spend("once", engine)
        for id in 5..<10 {
            time.advance(seconds: 1)
            try await engine.put(["id": .number(DecimalNumber(id))])
        }
        try await tidy(engine)
        let items = Set(try await engine.scanAll(Self.table))
        #expect(items.count == 11)
        #expect(items.contains(["id": .number(-1), "n": .number(1)]))
        #expect(try await latest(engine, as: "Past") == items)
        let events = try await engine.readAll(try await engine.latestStream())
        #expect(events.count == 11)
        let shards = Dictionary(grouping: events) { $0.eventID?.prefix(10) ?? "" }
        for shard in shards.values {
            let numbers = shard.compactMap(\.dynamodb?.sequenceNumber)
            #expect(numbers == numbers.sorted())
        }
        // Within ten minutes by a clock that goes at half its speed at least.
        time.advance(seconds: 1_200)
        try await spend("once", engine)
        #expect(try await engine.scanAll(Self.table).contains(["id": .number(-1), "n": .number(2)]))
        await engine.close()
    }

    /// The clock was far ahead for a moment. What was written then and before is there, and is readable in order.
    @Test(arguments: [false, true])
    func aMomentInTheFarFutureLosesNothing(restarts: Bool) async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        var engine = try open(directory, time)
        try await makeTable(engine)
        let today = time.seconds
        try await engine.put(["id": .number(1), "ttl": .number(DecimalNumber(today + 60))])
        time.set(microseconds: .max)
        try await engine.put(["id": .number(2)])
        try await engine.perform("Test") { core in while try await core.deleteExpired() {} }
        time.set(seconds: today)
        if restarts {
            await engine.close()
            engine = try open(directory, time)
        }
        time.advance(seconds: 1)
        try await engine.put(["id": .number(3)])
        try await tidy(engine)
        #expect(try await ids(engine).count == 3)
        #expect(try await latest(engine, as: "Past").count == 3)
        #expect(try await engine.readAll(try await engine.latestStream()).count == 3)
        // What expires later does.
        time.advance(seconds: 60)
        try await engine.perform("Test") { core in while try await core.deleteExpired() {} }
        #expect(try await ids(engine).count == 2)
        await engine.close()
    }

    /// A reader whose next record was trimmed is told so, also by a clock that was set back since.
    @Test func whatWasTrimmedIsNotPassedOver() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try open(directory, time)
        try await makeTable(engine)
        let start = time.seconds
        try await engine.put(["id": .number(1)])
        let stream = try await engine.latestStream()
        var first: (shard: String, number: String)?
        for shard in try await engine.shardIDs(of: stream) {
            let events = try await engine.read(try await engine.iterator(stream, shard)).events
            if let number = events.first?.dynamodb?.sequenceNumber { first = (shard, number) }
        }
        let (shard, number) = try #require(first)
        time.advance(seconds: 25 * 3_600)
        try await tidy(engine)
        time.set(seconds: start + 10)
        let error = await failure { try await engine.iterator(stream, shard, .atSequenceNumber, number) }
        #expect(error?.code == .trimmedDataAccessException)
        #expect(try await engine.readAll(stream).isEmpty)
        await engine.close()
    }
}
