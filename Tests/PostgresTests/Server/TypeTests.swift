import FoundationEssentials
import Postgres
import TestSupport
import Testing

/// Values of each type go to the server and come back, and the server agrees on what they are.
@Suite struct TypeTests {
    private enum Tier: String, PostgresEnum, CaseIterable { case free, pro, enterprise }

    private func returns<Value: PostgresCodable & Equatable>(
        _ value: Value, as type: String, text: String, _ db: PostgresConnection
    ) async throws {
        let query: PostgresQuery = "SELECT \(value)::\(unsafeSQL: type), (\(value)::\(unsafeSQL: type))::text"
        let (back, seen) = try await db.query(query).decode((Value, String).self)[0]
        #expect(back == value)
        #expect(seen == text)
    }

    @Test func timesAndRanges() async throws {
        try await withTestConnection { db in
            try await db.executeScript("SET intervalstyle = 'iso_8601'; SET timezone = 'Asia/Tokyo'")
            let day = try #require(PostgresDate(year: 2024, month: 2, day: 29))
            try await returns(day, as: "date", text: "2024-02-29", db)
            let ancient = try #require(PostgresDate(year: 0, month: 3, day: 1))
            try await returns(ancient, as: "date", text: "0001-03-01 BC", db)
            #expect(PostgresDate(year: 2023, month: 2, day: 29) == nil)
            let clock = try #require(PostgresTimestamp(utc: Date(timeIntervalSince1970: 1_764_412_200.25)))
            try await returns(clock, as: "timestamp", text: "2025-11-29 10:30:00.25", db)
            let interval = PostgresInterval(months: 14, days: -3, microseconds: 1_500_000)
            try await returns(interval, as: "interval", text: "P1Y2M-3DT1.5S", db)
            try await returns(3..<9, as: "int8range", text: "[3,9)", db)
            try await returns(Int32(-1)..<0, as: "int4range", text: "[-1,0)", db)
            try await returns(0..<0, as: "int8range", text: "empty", db)
            try await returns([1..<2, 5..<9], as: "int8range[]", text: #"{"[1,2)","[5,9)"}"#, db)
            try await returns([day], as: "date[]", text: "{2024-02-29}", db)
            await #expect(throws: PostgresError.self) {
                try await db.query("SELECT int8range(1, NULL)").decode(Range<Int>.self)
            }
        }
    }

    /// Every day of eight hundred years, as the server counts them.
    @Test func daysAreTheServersDays() async throws {
        try await withTestConnection { db in
            let rows = try await db.query(
                "SELECT d::date, d::date::text FROM generate_series('1700-01-01'::date, '2500-01-01', '1 day') d")
            for (day, text) in try rows.decode((PostgresDate, String).self) {
                #expect(day.description == text)
                #expect(PostgresDate(year: day.year, month: day.month, day: day.day) == day)
            }
        }
    }

    @Test func enumsOfTheServer() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TYPE tier AS ENUM ('free', 'pro', 'enterprise')")
            for tier in Tier.allCases { try await returns(tier, as: "tier", text: tier.rawValue, db) }
            let tiers = Tier.allCases
            let back = try await db.query("SELECT unnest(\(tiers)::tier[])").decode(Tier.self)
            #expect(back == tiers)
            await #expect(throws: PostgresError.self) { try await db.query("SELECT 'gold'::text").decode(Tier.self) }
        }
    }

    /// What has no type in Swift reads as the server prints it.
    @Test(arguments: [
        ("inet", "10.1.2.3"), ("inet", "10.1.2.3/8"), ("inet", "::1"), ("inet", "::"), ("inet", "fe80::1:0:0:1/64"),
        ("inet", "2001:db8:0:1:0:0:0:9"), ("inet", "::ffff:10.0.0.1"), ("inet", "::5"), ("inet", "::1.2.3.4"),
        ("inet", "1:0:2:0:3:0:4:0"), ("inet", "1::"), ("cidr", "10.0.0.0/8"), ("cidr", "2001:db8::/32"),
        ("cidr", "1.2.3.4/32"), ("macaddr", "08:00:2b:01:02:0f"), ("macaddr8", "08:00:2b:ff:fe:01:02:0f"),
        ("time", "00:00"), ("time", "23:59:59.000001"), ("time", "24:00"), ("time", "04:05:06.7"),
        ("timetz", "04:05:06+09"), ("timetz", "04:05:06.5-03:30"), ("timetz", "00:00:00+00:00:30"),
        ("oid", "4294967295"),
        ("xid", "7"), ("pg_lsn", "16/B374D848"), ("bit(3)", "101"), ("varbit", ""), ("varbit", "1011000011"),
        ("int4range", "[1,5)"), ("int8range", "(,5)"), ("int8range", "empty"), ("numrange", "(1.50,2.5]"),
        ("daterange", "[2024-02-29,2024-03-01)"), ("daterange", "[-infinity,infinity)"), ("tsrange", "(,)"),
        ("tsrange", "[2024-02-29 01:02:03.5,infinity]"), ("tstzrange", "[2024-02-29 01:02:03+09,)"),
        ("tstzrange", "(1999-12-31 23:59:59.999999+00,2000-01-01 00:00:00+00]"), ("tsrange", "[infinity,infinity]"),
    ])
    func otherTypesAreReadAsText(_ type: String, _ text: String) async throws {
        let cluster = try await TestCluster.shared
        try await PostgresConnection.withConnection(to: try cluster.configuration()) { db in
            try await db.executeScript("SET timezone = 'UTC'")
            let value = "'\(text)'::\(type)"
            let query: PostgresQuery =
                "SELECT \(unsafeSQL: value), format('%s', \(unsafeSQL: value)), ARRAY[\(unsafeSQL: value)]"
            let (read, printed, array) = try await db.query(query).decode((String, String, [String]).self)[0]
            #expect(read == printed)
            #expect(array == [printed])
        }
    }

    /// The server names the domain in an array's header; the client asks what it is over.
    @Test func arraysOfDomains() async throws {
        try await withTestConnection { db in
            try await db.executeScript(
                """
                CREATE DOMAIN label AS text; CREATE DOMAIN amount AS int8; CREATE DOMAIN price AS amount CHECK (VALUE > 0);
                CREATE DOMAIN moment AS timestamptz; CREATE DOMAIN address AS inet; CREATE TYPE tier AS ENUM ('free', 'pro');
                CREATE DOMAIN paid AS tier
                """)
            let labels = try await db.query("SELECT ARRAY['a', 'é', NULL]::label[]").decode([String?].self)
            #expect(labels == [["a", "é", nil]])
            #expect(try await db.query("SELECT 5::amount").decode(Int.self) == [5])
            #expect(try await db.query("SELECT ARRAY[5, NULL]::amount[]").decode([Int?].self) == [[5, nil]])
            #expect(try await db.query("SELECT ARRAY[5, 7]::price[]").decode([Int].self) == [[5, 7]])
            #expect(try await db.query("SELECT ARRAY['::1']::address[]").decode([String].self) == [["::1"]])
            #expect(try await db.query("SELECT ARRAY['pro']::paid[]").decode([String].self) == [["pro"]])
            // Eight bytes too, but no number.
            let error = await #expect(throws: PostgresError.self) {
                try await db.query("SELECT ARRAY[now()]::moment[] AS moments").decode([Int].self)
            }
            #expect(error?.code == .decodingFailed && error?.decodingColumn == "moments")
            let epoch = try await db.query("SELECT ARRAY['epoch']::moment[]").decode([Date].self)
            #expect(epoch == [[Date(timeIntervalSince1970: 0)]])
        }
    }

    /// A domain may be made after the connection has asked which there are.
    @Test func arraysOfDomainsInTransactionsStreamsAndPipelines() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE DOMAIN amount AS int8")
            func streamed() async throws -> [[Int]] {
                try await db.withRows(of: "SELECT ARRAY[n]::amount[] FROM generate_series(1, 3) n") { rows in
                    var all: [[Int]] = []
                    for try await row in rows.decode([Int].self) { all.append(row) }
                    return all
                }
            }
            #expect(try await streamed() == [[1], [2], [3]])
            try await db.withTransaction { db in
                try await db.executeScript("CREATE DOMAIN score AS float8")
                let scores = try await db.query("SELECT '{}'::score[] UNION ALL SELECT ARRAY[0.5]::score[]")
                #expect(try scores.decode([Double].self) == [[], [0.5]])
                #expect(try await streamed() == [[1], [2], [3]])
            }
            try await db.executeScript("CREATE DOMAIN small AS int2")
            let results = try await db.pipeline(["SELECT ARRAY[1]::small[]", "SELECT ARRAY[2]::amount[]"])
            #expect(try results.flatMap { try $0.get().decode([Int].self) } == [[1], [2]])
        }
    }

    @Test func bytesJSONAndNumbersExactly() async throws {
        try await withTestConnection { db in
            let bytes = [UInt8](0...255)
            #expect(try await db.query("SELECT \(bytes)").decode([UInt8].self) == [bytes])
            for text in ["0", "-0.00001234567890123456789", "99999999999999999999999999999999.5", "1e-20", "NaN"] {
                let query: PostgresQuery = "SELECT (\(text)::text)::numeric, (\(text)::text)::numeric::text"
                let (number, seen) = try await db.query(query).decode((PostgresNumeric, String).self)[0]
                #expect(number.description == seen)
                #expect(try await db.query("SELECT \(number)::text").decode(String.self) == [seen])
            }
            let json = PostgresJSON(#"{"a": [1, "ü", null]}"#)
            #expect(try await db.query("SELECT \(json)").decode(PostgresJSON.self) == [json])
        }
    }
}
