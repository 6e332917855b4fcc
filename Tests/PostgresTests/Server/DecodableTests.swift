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
}
