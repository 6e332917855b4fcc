import Synchronization
import TestSupport
import Testing

@testable import Postgres

@Suite struct ListenTests {
    private struct Stop: Error {}

    @Test func notificationsArriveInTheirOrder() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            let sender = try await PostgresConnection.connect(configuration)
            let received = try await db.withNotifications(on: "Jobs \"1\"", "other") { notifications in
                for number in 0..<200 { try await sender.execute("SELECT pg_notify('Jobs \"1\"', \(String(number)))") }
                try await sender.execute("NOTIFY other")
                var received: [PostgresNotification] = []
                for try await notification in notifications {
                    received.append(notification)
                    if notification.channel == "other" { break }
                }
                return received
            }
            #expect(received.dropLast().map(\.payload) == (0..<200).map { String($0) })
            #expect(received.allSatisfy { $0.backendProcessID == sender.backendProcessID })
            #expect(received.last?.payload.isEmpty == true)
            #expect(try await db.query("SELECT count(*) FROM pg_listening_channels()").decode(Int.self) == [0])
            await sender.close()
            await db.close()
        }
    }

    /// Nothing is lost between LISTEN and the first look: not what arrives with its answer, nor what comes before anybody
    /// reads.
    @Test func nothingIsLostBeforeItIsRead() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            let sender = try await PostgresConnection.connect(configuration)
            let sending = Task {
                var sent = 0
                while !Task.isCancelled {
                    try await sender.execute("SELECT pg_notify('jobs', \(String(sent)))")
                    sent += 1
                }
            }
            for _ in 0..<50 {
                let numbers = try await db.withNotifications(on: "jobs") { notifications in
                    try await Task.sleep(for: .milliseconds(5))
                    var numbers: [Int] = []
                    for try await notification in notifications {
                        numbers.append(try #require(Int(notification.payload)))
                        if numbers.count == 20 { break }
                    }
                    return numbers
                }
                #expect(numbers == Array(numbers[0]..<numbers[0] + 20))
            }
            // What was sent after LISTEN was answered is there.
            sending.cancel()
            _ = try? await sending.value
            let payload = try await db.withNotifications(on: "other") { notifications in
                let other = try await PostgresConnection.connect(configuration)
                try await other.execute("NOTIFY other, 'early'")
                await other.close()
                try await Task.sleep(for: .milliseconds(100))
                for try await notification in notifications { return notification.payload }
                return ""
            }
            #expect(payload == "early")
            await sender.close()
            await db.close()
        }
    }

    /// Nothing else gets the connection between LISTEN and the first look, when what arrives would be thrown away.
    @Test func listeningBeginsWithListen() async throws {
        try await withTestConnection { db in
            let before = db.wire.tickets.load(ordering: .relaxed)
            func untilAsked(_ count: UInt64) async throws {
                while db.wire.tickets.load(ordering: .relaxed) < before + count { await Task.yield() }
                try await Task.sleep(for: .milliseconds(50))
            }
            let busy = Task { try await db.execute("SELECT pg_sleep(0.5)") }
            try await untilAsked(1)
            let (ended, end) = AsyncStream.makeStream(of: Void.self)
            let listening = Task { try await db.withNotifications(on: "jobs") { _ in for await _ in ended {} } }
            try await untilAsked(2)
            let next = Task { try await db.execute("SELECT 1") }
            let error = await #expect(throws: PostgresError.self) { try await next.value }
            #expect(error?.code == .connectionBusy)
            end.finish()
            try await listening.value
            _ = try await busy.value
        }
    }

    @Test func aCancelledTaskStopsListening() async throws {
        try await withTestConnection { db in
            let task = Task {
                try await db.withNotifications(on: "nothing") { for try await _ in $0 {} }
            }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }

    @Test func aLostConnectionIsAnError() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            let other = try await PostgresConnection.connect(configuration)
            let error = await #expect(throws: PostgresError.self) {
                try await db.withNotifications(on: "nothing") { notifications in
                    try await other.execute("SELECT pg_terminate_backend(\(db.backendProcessID))")
                    for try await _ in notifications {}
                }
            }
            #expect(error?.code == .connectionLost)
            #expect(error?.sqlState == PostgresSQLState.adminShutdown)
            await other.close()
        }
    }

    @Test func nothingElseRunsMeanwhile() async throws {
        try await withTestConnection { db in
            try await db.withNotifications(on: "nothing") { _ in
                let error = await #expect(throws: PostgresError.self) { try await db.query("SELECT 1") }
                #expect(error?.code == .connectionBusy)
            }
            await #expect(throws: Stop.self) { try await db.withNotifications(on: "nothing") { _ in throw Stop() } }
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }
}
