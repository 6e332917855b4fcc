import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct PagingTests {
    /// Reads a listing to its end; `between` runs after each page.
    private func ids(
        _ database: Database, _ filter: ExecutionStore.Filter, limit: Int,
        between: (Database) async throws -> Void = { _ in }
    ) async throws -> [UUID] {
        var ids: [UUID] = []
        var cursor: PageCursor?
        repeat {
            let page = try await database.withSession(as: .service) { [cursor] relations in
                try await relations.executions.list(filter, after: cursor, limit: limit)
            }
            ids += page.rows.map(\.id)
            // As a client would hand it back.
            cursor = page.next.flatMap { PageCursor($0.description) }
            if page.next != nil { try #require(cursor != nil) }
            try await between(database)
        } while cursor != nil
        return ids
    }

    private func open(_ count: Int, _ people: People, _ database: Database) async throws -> [UUID] {
        // One statement, one moment: only the ids tell the rows apart.
        let new = (0..<count).map { _ in
            ExecutionStore.Pending(id: UUID(), userID: people.ann, agentType: .review)
        }
        try await database.withSession(as: .service) { _ = try await $0.executions.open(new) }
        return new.map(\.id)
    }

    @Test func pagesAreStableUnderInserts() async throws {
        try await withPlatform { platform in
            let people = People()
            try await people.insert(into: platform.database)
            var expected: [UUID] = []
            for _ in 0..<5 { expected += try await open(41, people, platform.database) }
            for limit in [1, 7, 205, 1000] {
                let found = try await ids(
                    platform.database, .init(userID: people.ann, agentType: .review), limit: limit
                ) { database in
                    if limit == 7 { _ = try await open(3, people, database) }
                }
                // What came in meanwhile is newer than every page that follows.
                #expect(found.count >= 205)
                #expect(Set(found).count == found.count)
                #expect(Set(found).isSuperset(of: expected))
            }
        }
    }

    @Test func aCursorIsGoodForItsListingOnly() async throws {
        try await withPlatform { platform in
            let people = People()
            try await people.insert(into: platform.database)
            _ = try await open(9, people, platform.database)
            let list = { @Sendable (filter: ExecutionStore.Filter, cursor: PageCursor?, database: Database) in
                try await database.withSession(as: .service) { relations in
                    try await relations.executions.list(filter, after: cursor, limit: 4)
                }
            }
            let mine = ExecutionStore.Filter(userID: people.ann)
            let cursor = try #require(try await list(mine, nil, platform.database).next)
            #expect(cursor.description.utf8.count == 54)
            #expect(try await list(mine, cursor, platform.database).rows.count == 4)
            // Another user's listing, another filter, another process.
            for filter in [
                ExecutionStore.Filter(userID: people.bob), .init(), .init(userID: people.ann, status: .failed),
            ] {
                await #expect(throws: CursorError.self) { try await list(filter, cursor, platform.database) }
            }
            let other = platform.with(dynamoDB: platform.engine)
            await #expect(throws: CursorError.self) { try await list(mine, cursor, other) }
            // Any change of one character.
            let text = Array(cursor.description)
            for index in text.indices {
                var changed = text
                changed[index] = changed[index] == "A" ? "B" : "A"
                guard let forged = PageCursor(String(changed)) else { continue }
                await #expect(throws: CursorError.self) { try await list(mine, forged, platform.database) }
            }
            let longer = try #require(PageCursor(cursor.description + "A"))
            await #expect(throws: CursorError.self) { try await list(mine, longer, platform.database) }
            #expect(PageCursor("") == nil)
            #expect(PageCursor(cursor.description + "=") == nil)
        }
    }
}
