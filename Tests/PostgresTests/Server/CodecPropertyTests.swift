import FoundationEssentials
import Fuzzing
import Postgres
import TestSupport
import Testing

/// Any value goes to the server and comes back as it was, alone and in arrays, and is to the server what it is to us.
@Suite struct CodecPropertyTests {
    private typealias Value = PostgresCodable & PostgresArrayEncodable & PostgresArrayDecodable & Equatable

    /// - Parameter text: what the server prints; nil where our description is not meant to be that.
    private func survive<T: Value>(
        _ type: String, _ db: PostgresConnection, text: ((T) -> String)? = nil, _ make: (inout SeededGenerator) -> T
    ) async throws {
        var random = SeededGenerator(seed: 15)
        let values = (0..<500).map { _ in make(&random) }
        let optionals = values.map { value in random.oneIn(4) ? nil : value }
        let query: PostgresQuery = """
            SELECT \(values)::\(unsafeSQL: type)[], \(optionals)::\(unsafeSQL: type)[],
              (SELECT array_agg(v::text) FROM unnest(\(values)::\(unsafeSQL: type)[]) v)
            """
        let (back, some, seen) = try await db.query(query).decode(([T], [T?], [String]).self)[0]
        #expect(back == values, "\(type)")
        #expect(some == optionals, "\(type)")
        if let text { #expect(seen == values.map(text), "\(type)") }
        for value in values.prefix(20) {
            let alone: PostgresQuery = "SELECT \(value)::\(unsafeSQL: type)"
            #expect(try await db.query(alone).decode(T.self) == [value], "\(type)")
        }
    }

    @Test func numbers() async throws {
        try await withTestConnection { db in
            try await survive("bool", db, text: { "\($0)" }) { Bool.random(using: &$0) }
            try await survive("int2", db, text: { "\($0)" }) { Int16.random(in: .min ... .max, using: &$0) }
            try await survive("int4", db, text: { "\($0)" }) { Int32.random(in: .min ... .max, using: &$0) }
            try await survive("int8", db, text: { "\($0)" }) { Int.random(in: .min ... .max, using: &$0) }
            try await survive("float8", db) { random in
                let value = Double(bitPattern: random.next())
                return value.isNaN ? .infinity : value
            }
            try await survive("float4", db) { random in
                let value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
                return value.isNaN ? -.infinity : value
            }
            try await survive("numeric", db, text: { (number: PostgresNumeric) in number.description }) { random in
                func digits(_ most: Int) -> String {
                    // Runs of zeros are where groups of four go wrong.
                    (0..<Int.random(in: 0...most, using: &random)).map { _ in
                        random.oneIn(2) ? "0" : "\(random.next() % 10)"
                    }
                    .joined()
                }
                let sign = random.oneIn(2) ? "-" : ""
                return PostgresNumeric("\(sign)\(digits(40))1.\(digits(40))") ?? PostgresNumeric(0)
            }
        }
    }

    @Test func textsAndBytes() async throws {
        try await withTestConnection { db in
            let scalars = ["\"", "\\", "'", "{", "}", ",", "NULL", " ", "\n", "雅", "🎌", "é", "\u{7F}", "\u{1}"]
            try await survive("text", db, text: { (text: String) in text }) { $0.words(atMost: 12, of: scalars) }
            try await survive("bytea", db) { $0.noise(atMost: 40) }
            try await survive("uuid", db, text: { $0.uuidString.lowercased() }) { random in
                var bytes = (random.next(), random.next())
                return withUnsafeBytes(of: &bytes) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
            }
        }
    }

    @Test func times() async throws {
        try await withTestConnection { db in
            // From 4713 BC to the year 294276, the server's own ends.
            try await survive("timestamp", db) {
                PostgresTimestamp(
                    microsecondsSince2000: .random(in: -211_813_488_000_000_000..<9_223_371_331_200_000_000, using: &$0)
                )
            }
            try await survive("date", db) {
                PostgresDate(daysSince2000: .random(in: -2_451_507...1_000_000, using: &$0))
            }
            // A Date is exact to the microsecond for some 140 years around 2001.
            try await survive("timestamptz", db) {
                Date(
                    timeIntervalSinceReferenceDate: Double(Int.random(in: -2_000_000_000...4_000_000_000, using: &$0))
                        / 2)
            }
            try await survive("interval", db) { random in
                PostgresInterval(
                    months: .random(in: -99_999...99_999, using: &random),
                    days: .random(in: -99_999...99_999, using: &random),
                    microseconds: .random(in: -1_000_000_000_000...1_000_000_000_000, using: &random))
            }
            try await survive("int8range", db) { random in
                let lower = Int.random(in: -1_000_000...1_000_000, using: &random)
                // The server has one empty range only.
                return random.oneIn(8) ? 0..<0 : lower..<(lower + .random(in: 1...1_000_000, using: &random))
            }
        }
    }
}
