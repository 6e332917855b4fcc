import Testing

@testable import Postgres

@Suite struct QueryTests {
    @Test func interpolationBindsAndNeverInserts() {
        let evil = "'; DROP TABLE users; --"
        let query: PostgresQuery = "SELECT \(evil), \(42) WHERE a = \(true)"
        #expect(query.sql == "SELECT $1, $2 WHERE a = $3")
        #expect(query.bindings.types == [0, 20, 16])
    }

    @Test func descriptionAndDumpHideValues() {
        let query: PostgresQuery = "SELECT \("secret value")"
        var dumped = ""
        dump(query, to: &dumped)
        for text in ["\(query)", String(reflecting: query), dumped] { #expect(!text.contains("secret value")) }
    }

    @Test func fragmentsAndIdentifiers() {
        let query: PostgresQuery = "SELECT * FROM \(identifier: "a\"b") ORDER BY \(unsafeSQL: "id DESC") LIMIT \(1)"
        #expect(query.sql == "SELECT * FROM \"a\"\"b\" ORDER BY id DESC LIMIT $1")
        #expect(PostgresIdentifier.quote("public", "users") == "\"public\".\"users\"")
    }

    @Test func builtByHand() {
        var query = PostgresQuery(unsafeSQL: "SELECT * FROM t WHERE a = ")
        query.append(unsafeSQL: query.bind(1))
        query.append(unsafeSQL: " AND b = \(query.bind(String?.none))")
        #expect(query.sql == "SELECT * FROM t WHERE a = $1 AND b = $2")
        #expect(query.bindings.count == 2)
    }

    @Test func zeroBytesAreRefusedBeforeAnythingIsSent() throws {
        for query in ["SELECT \("a\0b")", "SELECT \(["a\0b"])", "SELECT \(identifier: "a\0b")"] as [PostgresQuery] {
            let error = try #require(throws: PostgresError.self) { try query.validate() }
            #expect(error.code == .encodingFailed)
        }
        try ("SELECT \("ab")" as PostgresQuery).validate()
    }

    @Test func tooManyParameters() throws {
        var query = PostgresQuery(unsafeSQL: "SELECT 1")
        for value in 0..<65_535 { query.bind(value) }
        try query.validate()
        query.bind(0)
        #expect(throws: PostgresError.self) { try query.validate() }
    }
}
