import Foundation
import MiyabiDatabase
import Postgres
import Testing

@Suite struct LineMessageTests {
    private func new(_ account: String, _ text: String, issue: Int64? = nil) -> LineMessageStore.New {
        .init(id: UUID(), content: .init(lineUserID: account, text: text, intent: "status", issueNumber: issue))
    }

    private func append(_ messages: [LineMessageStore.New], _ database: Database) async throws -> Int {
        try await database.withSession(as: .service) { relations in
            try await relations.lineMessages.append(messages).count { try $0.isNew }
        }
    }

    private func list(
        _ selection: LineMessageStore.Selection, _ database: Database, as role: PostgresSessionRole = .service
    ) async throws -> [LineMessage] {
        try await database.withSession(as: role) { try await $0.lineMessages.list(selection).rows }
    }

    @Test func aDeliveryThatIsRepeatedIsStoredOnce() async throws {
        try await withPeople { database, people in
            let messages = [new("U1", "it's 'me'", issue: 12), new("U1", "again"), new("U2", "other", issue: 12)]
            #expect(try await append(messages + messages, database) == 3)
            #expect(try await append(messages, database) == 0)
            let later = new("U1", "later")
            #expect(try await append([later, messages[0]], database) == 1)
            let found = try await list(.lineUser("U1"), database)
            #expect(found.first?.content == later.content)
            #expect(Set(found.map(\.content)) == Set([later.content, messages[0].content, messages[1].content]))
            #expect(Set(try await list(.issue(12), database).map(\.id)) == [messages[0].id, messages[2].id])
        }
    }

    @Test func signingInFindsWhatOneWroteBefore() async throws {
        try await withPeople { database, people in
            let ann = PostgresSessionRole.user(try VerifiedClaims(subject: people.ann))
            let bob = PostgresSessionRole.user(try VerifiedClaims(subject: people.bob))
            let before = new("U1", "who am I?")
            #expect(try await append([before, new("U2", "another")], database) == 2)
            #expect(try await list(.lineUser("U1"), database, as: ann).isEmpty)
            let link = { @Sendable (user: UUID) in
                try await database.withSession(as: .service) { try await $0.lineMessages.link("U1", to: user) }
            }
            #expect(try await link(people.ann) == 1)
            #expect(try await link(people.ann) == 0)
            // From now on messages find their user by themselves.
            let after = new("U1", "I am Ann")
            #expect(try await append([after], database) == 1)
            #expect(try await list(.user(people.ann), database, as: ann).map(\.id) == [after.id, before.id])
            #expect(try await list(.user(people.ann), database, as: bob).isEmpty)

            let violation = await #expect(throws: ConstraintViolation.self) { _ = try await link(people.bob) }
            #expect(violation?.kind == .unique && violation?.fields == ["line_user_id"])
            await #expect(throws: LookupError.self) { _ = try await link(UUID()) }
        }
    }

    @Test func messagesAreTheServicesToWrite() async throws {
        try await withPeople { database, people in
            for role in [.user(try VerifiedClaims(subject: people.ann)), PostgresSessionRole.anonymous] {
                let refusal = await #expect(throws: PostgresError.self) {
                    try await database.withSession(as: role) { try await $0.lineMessages.append(new("U1", "x")) }
                }
                #expect(refusal?.sqlState == PostgresSQLState.insufficientPrivilege)
            }
        }
    }
}
