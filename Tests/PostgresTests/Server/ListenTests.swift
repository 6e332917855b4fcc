import Postgres
import TestSupport
import Testing

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
