import DynamoDB
import Synchronization
import Testing

@testable import DynamoDBEngine

/// After a fault of the disk the store is opened again by itself.
@Suite struct ReopeningTests {
    /// Syncs or writes that fail for as long as a test wants.
    private final class Disk: Sendable {
        enum Call { case write, sync }

        let failing = Mutex<(call: Call, message: String)?>(nil)

        func hooks() -> StorageHooks {
            StorageHooks(
                beforeWrite: { [self] _ in error(of: .write) }, beforeSync: { [self] in error(of: .sync) })
        }

        private func error(of call: Call) -> StorageError? {
            guard let failing = failing.withLock({ $0 }), failing.call == call else { return nil }
            return StorageError(message: failing.message)
        }
    }

    private func put(_ number: Int, _ engine: Engine) async throws {
        let item: Item = ["PK": .string("\(number)"), "SK": "x"]
        _ = try await engine.putItem(PutItemInput(tableName: EventTable.name, item: item))
    }

    private func get(_ number: Int, _ engine: Engine) async throws -> Item? {
        let key: Item = ["PK": .string("\(number)"), "SK": "x"]
        return try await engine.getItem(
            GetItemInput(tableName: EventTable.name, key: key, consistentRead: true)
        ).item
    }

    private func open(_ directory: TemporaryDirectory, _ disk: Disk) async throws -> Engine {
        var options = Engine.Options(directory: directory.path + "/data")
        options.hooks = disk.hooks()
        let engine = try Engine.open(options, logger: .silent)
        _ = try await engine.createTable(EventTable.definition)
        return engine
    }

    @Test(arguments: [
        ("While appending to file: /data/1.log: Input/output error", "The data directory cannot be written"),
        ("No space left on device: While appending to file", "The disk is full"),
        ("While open a file for appending: /data/2.log: Too many open files", "Too many files are open"),
    ])
    func writesGoOnAfterAFailedWrite(_ detail: String, _ reason: String) async throws {
        let directory = try TemporaryDirectory()
        let disk = Disk()
        let engine = try await open(directory, disk)
        for number in 0..<20 { try await put(number, engine) }
        try engine.checkWritable()
        disk.failing.withLock { $0 = (.write, "IO error: \(detail)") }
        await expect(.internalServerError, reason) { try await put(20, engine) }
        #expect(throws: DynamoDBError.self) { try engine.checkWritable() }
        disk.failing.withLock { $0 = nil }
        try await putAgain(21, engine)
        try engine.checkWritable()
        for number in 0..<20 { #expect(try await get(number, engine) != nil) }
        #expect(try await get(20, engine) == nil, "it was refused")
        await engine.close()
    }

    @Test func aFailedSyncIsVouchedForByNobody() async throws {
        let directory = try TemporaryDirectory()
        let disk = Disk()
        let engine = try await open(directory, disk)
        for number in 0..<20 { try await put(number, engine) }
        disk.failing.withLock { $0 = (.sync, "IO error: While fdatasync: /data/1.log: Input/output error") }
        await expect(.internalServerError, "The data directory cannot be written") { try await put(20, engine) }
        // From the core that failed or the one after it: nobody has this item and later has it not.
        var vouched: Item?
        do {
            vouched = try await get(20, engine)
        } catch is DynamoDBError {}
        disk.failing.withLock { $0 = nil }
        try await putAgain(21, engine)
        if let vouched { #expect(try await get(20, engine) == vouched) }
        for number in 0..<20 { #expect(try await get(number, engine) != nil) }
        await engine.close()
        let again = try Engine.open(in: directory)
        for number in (0..<20).map({ $0 }) + [21] { #expect(try await get(number, again) != nil) }
        if let vouched { #expect(try await get(20, again) == vouched) }
        await again.close()
    }

    @Test func anEngineThatIsBeingOpenedAgainCanBeClosed() async throws {
        for _ in 0..<10 {
            let directory = try TemporaryDirectory()
            let disk = Disk()
            let engine = try await open(directory, disk)
            disk.failing.withLock { $0 = (.write, "IO error: Input/output error") }
            await expect(.internalServerError, "The data directory cannot be written") { try await put(1, engine) }
            await engine.close()
            await expect(.internalServerError, "The engine is closed") { try await put(1, engine) }
            // The directory is free.
            await (try Engine.open(in: directory)).close()
        }
    }

    @Test func damageThatComesBackIsToldAndRefused() async throws {
        let directory = try TemporaryDirectory()
        let disk = Disk()
        let engine = try await open(directory, disk)
        try await put(1, engine)
        disk.failing.withLock { $0 = (.write, "Corruption: block checksum mismatch in /data/3.sst") }
        // Opened again once, which does not help: opening needs no write here.
        while true {
            let error = await failure { try await put(2, engine) }
            let read = await failure { try await get(1, engine) }
            if error?.message == "The data is damaged", read == nil, isRefused(engine) { break }
        }
        disk.failing.withLock { $0 = nil }
        #expect(isRefused(engine), "what was damaged twice is damaged")
        await engine.close()
    }

    private func isRefused(_ engine: Engine) -> Bool {
        do {
            try engine.checkWritable()
            return false
        } catch {
            return error.message == "The data is damaged"
        }
    }

    /// Puts until it is taken: reopening takes as long as it takes.
    private func putAgain(_ number: Int, _ engine: Engine) async throws {
        while true {
            do {
                return try await put(number, engine)
            } catch is DynamoDBError {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}
