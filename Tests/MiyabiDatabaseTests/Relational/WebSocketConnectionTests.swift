import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct WebSocketConnectionTests {
    private func connect(_ id: String, _ user: UUID, _ database: Database) async throws -> WebSocketConnection {
        try await database.withSession(as: .service) { try await $0.websocketConnections.connect(id, of: user) }
    }

    private func silence(_ database: Database) async throws {
        try await database.postgres.executeAsOwner(
            "UPDATE websocket_connections SET last_ping_at = last_ping_at - interval '5 minutes'")
    }

    @Test func connectingAgainIsANewLifeOfTheSameRow() async throws {
        try await withPeople { database, people in
            let first = try await connect("c'1", people.ann, database)
            let second = try await connect("c'1", people.ann, database)
            #expect(second.id == first.id)
            #expect(second.ticket.generation > first.ticket.generation)
            await #expect(throws: WebSocketConnectionError.belongsToAnother(connectionID: "c'1")) {
                try await connect("c'1", people.bob, database)
            }
            try await database.withSession(as: .service) { relations in
                let connections = relations.websocketConnections
                let listed = try await connections.list(of: people.ann)
                #expect(listed.rows == [second])
                // Who holds the old ticket can neither keep the connection alive nor end it.
                #expect(try await connections.ping([first.ticket, second.ticket]) == [first.ticket])
                #expect(try await connections.disconnect(first.ticket) == false)
                #expect(try await connections.disconnect(second.ticket))
            }
            // A generation does not come back with the row.
            let third = try await connect("c'1", people.ann, database)
            #expect(third.ticket.generation > second.ticket.generation)
        }
    }

    /// A sweep decides, others go on, the sweep removes.
    @Test func aSweepRemovesOnlyWhatItSaw() async throws {
        try await withPeople { database, people in
            var tickets: [WebSocketConnection.Ticket] = []
            for id in ["gone", "pinged", "reconnected"] {
                tickets.append(try await connect(id, people.ann, database).ticket)
            }
            try await silence(database)
            let seen = try await database.withSession(as: .service) {
                try await $0.websocketConnections.silent(for: .seconds(90))
            }
            #expect(Set(seen.map(\.ticket)) == Set(tickets))
            _ = try await connect("reconnected", people.ann, database)
            let lost = try await database.withSession(as: .service) { [tickets] in
                try await $0.websocketConnections.ping([tickets[1]])
            }
            #expect(lost.isEmpty)
            let removed = try await database.withSession(as: .service) {
                try await $0.websocketConnections.remove(seen)
            }
            #expect(removed.map(\.ticket) == [tickets[0]])
            let left = try await database.withSession(as: .service) {
                try await $0.websocketConnections.silent(for: .seconds(90))
            }
            #expect(left.isEmpty)
        }
    }

    /// The ping is written but not committed when the sweep comes: it waits, and finds the row changed.
    @Test(.timeLimit(.minutes(5))) func aSweepWaitsForAPing() async throws {
        try await withPeople { database, people in
            let ticket = try await connect("c", people.ann, database).ticket
            try await silence(database)
            let seen = try await database.withSession(as: .service) {
                try await $0.websocketConnections.silent(for: .seconds(90))
            }
            #expect(seen.count == 1)
            let removed = try await database.withSession(as: .service) { relations in
                #expect(try await relations.websocketConnections.ping([ticket]).isEmpty)
                let sweep = Task {
                    try await database.withSession(as: .service) { try await $0.websocketConnections.remove(seen) }
                }
                var waiting = 0
                while waiting == 0 {
                    waiting = try await database.postgres.queryAsOwner(
                        """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """
                    ).decode(Int.self)[0]
                }
                return sweep
            }
            #expect(try await removed.value.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(5))) func batchesOfPingsDoNotDeadlock() async throws {
        try await withPeople { database, people in
            let tickets = try await database.withSession(as: .service) { relations in
                var tickets: [WebSocketConnection.Ticket] = []
                for number in 0..<100 {
                    let made = try await relations.websocketConnections.connect("c\(number)", of: people.ann)
                    tickets.append(made.ticket)
                }
                return tickets
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<25 {
                            let lost = try await database.withSession(as: .service) {
                                try await $0.websocketConnections.ping(tickets.shuffled())
                            }
                            #expect(lost.isEmpty)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aPingTouchesNoIndex() async throws {
        try await withPeople { database, people in
            var tickets: [WebSocketConnection.Ticket] = []
            for number in 0..<20 { tickets.append(try await connect("c\(number)", people.ann, database).ticket) }
            let heapOnly = try await database.withSession(as: .service) { [tickets] relations in
                #expect(try await relations.websocketConnections.ping(tickets).isEmpty)
                return try await relations.connection.query(
                    "SELECT pg_stat_get_xact_tuples_hot_updated('websocket_connections'::regclass)"
                ).decode(Int.self)
            }
            #expect(heapOnly == [20])
        }
    }

    @Test func connectionsAreTheirUsersToSeeAndTheServicesToChange() async throws {
        try await withPeople { database, people in
            let made = try await connect("c", people.ann, database)
            let expected: [(PostgresSessionRole, [WebSocketConnection])] = [
                (.user(try VerifiedClaims(subject: people.ann)), [made]),
                (.user(try VerifiedClaims(subject: people.bob)), []),
            ]
            for (role, rows) in expected {
                let seen = try await database.withSession(as: role) {
                    try await $0.websocketConnections.list(of: people.ann).rows
                }
                #expect(seen == rows)
                let refusal = await #expect(throws: PostgresError.self) {
                    try await database.withSession(as: role) {
                        try await $0.websocketConnections.ping([made.ticket])
                    }
                }
                #expect(refusal?.sqlState == PostgresSQLState.insufficientPrivilege)
            }
            let refusal = await #expect(throws: PostgresError.self) {
                try await database.withSession(as: .anonymous) {
                    try await $0.websocketConnections.list(of: people.ann)
                }
            }
            #expect(refusal?.sqlState == PostgresSQLState.insufficientPrivilege)
        }
    }
}
