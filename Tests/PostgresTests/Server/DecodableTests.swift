import FoundationEssentials
import Postgres
import TestSupport
import Testing

@Suite struct DecodableTests {
    private struct Plugin: Decodable, Equatable {
        struct Limits: Decodable, Equatable { let perDay: Int }
        enum Tier: String, PostgresEnum, Decodable { case free, pro }

        let id: UUID
        let displayName: String
        let isPublic: Bool
        let tier: Tier
        let downloads: UInt32
        let tags: [String]
        let limits: Limits
        let rating: Double?
        let createdAt: Date
        let note: String?
    }

    private static let columns: PostgresQuery = """
        SELECT '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid AS id, 'Ein ''Plugin''' AS display_name, true AS is_public,
            'pro' AS tier, 3000000000 AS downloads, '{a,"b c"}'::text[] AS tags, '{"perDay": 5}'::jsonb AS limits,
            NULL::float8 AS rating, '2000-01-01T00:00:00Z'::timestamptz AS created_at, 'more' AS unused
        """

    @Test func rowsBecomeValues() async throws {
        try await withTestConnection { db in
            let plugins = try await db.query(Self.columns).decode(as: Plugin.self)
            let id = try #require(UUID(uuidString: "6BA7B810-9DAD-11D1-80B4-00C04FD430C8"))
            #expect(
                plugins == [
                    Plugin(
                        id: id, displayName: "Ein 'Plugin'", isPublic: true, tier: .pro, downloads: 3_000_000_000,
                        tags: ["a", "b c"], limits: Plugin.Limits(perDay: 5), rating: nil,
                        createdAt: Date(timeIntervalSince1970: 946_684_800), note: nil)
                ])
        }
    }

    /// An optional property whose column is there under its usual name is never nil without a word.
    @Test func abbreviationsAndNumbersInNames() async throws {
        struct Person: Decodable, Equatable {
            let userID: Int?
            let htmlURL: String?
            let siteURLPath: String?
            let address1: String?
            let isHTTP2Ready: Bool?
            let someJSONValue: Int?
            let missing: Int?
        }
        try await withTestConnection { db in
            let people = try await db.query(
                """
                SELECT 7 AS user_id, 'h' AS html_url, 'p' AS site_url_path, 'a' AS address_1, true AS is_http2_ready,
                    5 AS some_json_value
                """
            ).decode(as: Person.self)
            #expect(
                people == [
                    Person(
                        userID: 7, htmlURL: "h", siteURLPath: "p", address1: "a", isHTTP2Ready: true,
                        someJSONValue: 5, missing: nil)
                ])
        }
    }

    @Test func whatDoesNotFitIsAnErrorThatNamesTheColumn() async throws {
        struct Small: Decodable { let bigNumber: Int8 }
        struct Missing: Decodable { let other: Int }
        try await withTestConnection { db in
            let rows = try await db.query("SELECT 1000::int8 AS big_number")
            let error = #expect(throws: PostgresError.self) { try rows.decode(as: Small.self) }
            #expect(error?.decodingColumn == "big_number")
            #expect(throws: PostgresError.self) { try rows.decode(as: Missing.self) }
            #expect(throws: PostgresError.self) { try rows.decode(as: Int.self) }
            let null = try await db.query("SELECT NULL::int8 AS big_number")
            #expect(throws: PostgresError.self) { try null.decode(as: Small.self) }
        }
    }

    /// An error of reading is made far from the query, and tells where that stands.
    @Test func errorsTellWhereTheQueryWasMade() async throws {
        func place(_ read: () throws -> Void) -> String {
            do {
                try read()
                return "no error"
            } catch let error as PostgresError {
                return "\(error.code) \(error.fileID ?? "") \(error.line ?? 0)"
            } catch {
                return "\(error)"
            }
        }
        try await withTestConnection { db in
            let line = #line + 1
            let rows = try await db.query("SELECT 1 AS a, NULL::int AS b")
            let expected = "decodingFailed PostgresTests/DecodableTests.swift \(line)"
            #expect(place { _ = try rows[0].decode("a", as: String.self) } == expected)
            #expect(place { _ = try rows[0].decode("c", as: Int.self) } == expected)
            #expect(place { _ = try rows[0].decode(2, as: Int.self) } == expected)
            #expect(place { _ = try rows.decode(Int.self) } == expected)
            #expect(place { _ = try rows.decode((Int, Int).self) } == expected)
            #expect(place { _ = try rows.decode(as: Int.self) } == expected)

            let piped = try await db.pipeline(["SELECT 'x' AS a"])
            #expect(
                place { _ = try piped[0].get().decode(Int.self) }
                    == "decodingFailed PostgresTests/DecodableTests.swift \(line + 9)")
            var kept: PostgresRow?
            try await db.withRows(of: "SELECT 'x' AS a") { rows in for try await row in rows { kept = row } }
            let row = try #require(kept)
            #expect(
                place { _ = try row.decode(Int.self) }
                    == "decodingFailed PostgresTests/DecodableTests.swift \(line + 14)")
        }
    }
}
