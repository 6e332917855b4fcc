import FoundationEssentials
import Fuzzing
import Testing

@testable import Postgres

/// Values that no calendar, message or type has.
@Suite struct LimitTests {
    @Test(arguments: [
        (5_874_897, 12, 31), (5_874_898, 1, 1), (2024, 13, 1), (2024, 0, 1), (2024, 2, 30), (2024, 1, 0), (.max, 1, 1),
        (.min, 1, 1), (2024, .max, 1), (2024, .min, 1), (2024, 1, .max), (2024, 1, .min), (5_874_897, 12, 1_000_000),
    ])
    func aDayIsOneOfTheCalendarOrNone(year: Int, month: Int, day: Int) throws {
        guard let date = PostgresDate(year: year, month: month, day: day) else { return }
        #expect(date.year == year && date.month == month && date.day == day)
    }

    @Test func theFirstAndLastDaysHaveParts() {
        for days in [Int32.min, .min + 1, -1, 0, .max - 1, .max] {
            let date = PostgresDate(daysSince2000: days)
            #expect((1...12).contains(date.month) && (1...31).contains(date.day) && !date.description.isEmpty)
        }
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan, 1e300, -1e300, 9.3e12])
    func noTimestampBeyondTheServers(seconds: Double) {
        #expect(PostgresTimestamp(utc: Date(timeIntervalSinceReferenceDate: seconds)) == nil)
        var bytes: [UInt8] = []
        #expect(throws: PostgresEncodingFailure.self) {
            try Date(timeIntervalSinceReferenceDate: seconds).encode(into: &bytes)
        }
    }

    /// The server takes messages of 1 GB; libpq's lengths have 31 bits.
    @Test func aValueThatIsTooLargeIsAnError() throws {
        struct Large: PostgresEncodable {
            static let postgresType = PostgresType.bytea
            func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: [UInt8](repeating: 0, count: 1 << 30)) }
        }
        let query: PostgresQuery = "SELECT \(Large())"
        let error = #expect(throws: PostgresError.self) { try query.validate() }
        #expect(error?.code == .encodingFailed)
    }

    @Test func dataOfAnySizeIsSentInPieces() {
        for count in [0, 1, 1 << 20, (1 << 20) + 1, 5_000_000_000] {
            let pieces = Array(CopyPieces(count: count))
            #expect(pieces.reduce(0) { $0 + $1.count } == count)
            #expect(pieces.allSatisfy { $0.count <= 1 << 20 })
            #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        }
    }

    @Test func anyDurationCanBeALimit() {
        for duration in [Duration.seconds(Int64.max), .zero, .seconds(Int64.min)] {
            #expect(ContinuousClock.now + duration.bounded < .now + .seconds(4_000_000_000))
        }
    }
}

/// Bytes of any kind, as a damaged or a strange server might send them: a value or an error, never a trap.
@Suite struct CodecFaultTests {
    private static let types: [PostgresType] = [
        .bool, .int2, .int4, .int8, .float4, .float8, .numeric, .text, .bytea, .uuid, .jsonb, .json, .timestamp,
        .timestamptz, .date, .interval, .int8Array, .textArray, .numericArray, .uuidArray, .byteaArray, .int8range,
        .inet, .cidr, .macaddr, .macaddr8, .time, .timetz, .bit, .varbit, .oid, .lsn, .numrange, .daterange, .tsrange,
        .tstzrange,
    ]

    private func decode<T: PostgresDecodable>(_ target: T.Type, _ bytes: [UInt8], _ type: PostgresType) -> Bool {
        do {
            _ = try T.decode(bytes.span.bytes, type: type)
            return true
        } catch {
            if !(error is PostgresDecodingFailure) { Issue.record("\(target) from \(type): \(error)") }
            return false
        }
    }

    private func decodeAll(_ bytes: [UInt8], _ type: PostgresType) -> Int {
        [
            decode(Bool.self, bytes, type), decode(Int16.self, bytes, type), decode(Int.self, bytes, type),
            decode(Double.self, bytes, type), decode(PostgresNumeric.self, bytes, type),
            decode(String.self, bytes, type), decode([UInt8].self, bytes, type), decode(UUID.self, bytes, type),
            decode(PostgresJSON.self, bytes, type), decode(Date.self, bytes, type),
            decode(PostgresTimestamp.self, bytes, type), decode(PostgresDate.self, bytes, type),
            decode(PostgresInterval.self, bytes, type), decode(Range<Int>.self, bytes, type),
            decode([Int].self, bytes, type), decode([String?].self, bytes, type),
            decode([PostgresNumeric].self, bytes, type), decode([UUID].self, bytes, type),
        ].count { $0 }
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>) func noise(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let type = random.pick(Self.types)
            _ = decodeAll(random.noise(atMost: 60), type)
        }
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>) func soundBytesWithSomethingChanged(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var sound: [([UInt8], PostgresType)] = []
        func add<T: PostgresEncodable>(_ value: T) throws {
            var bytes: [UInt8] = []
            try value.encode(into: &bytes)
            sound.append((bytes, T.postgresType))
        }
        try add([1, 2, 3])
        try add(["a", nil, "雅"] as [String?])
        try add([UUID(), UUID()])
        try add(5..<9)
        try add(try #require(PostgresNumeric("-1234567.00010002")))
        try add(PostgresInterval(months: 1, days: 2, microseconds: 3))
        try add(PostgresJSON("[1]"))
        for (bytes, type) in sound { #expect(decodeAll(bytes, type) > 0, "\(type)") }
        for _ in 0..<300 {
            let (bytes, type) = random.pick(sound)
            _ = decodeAll(random.mutated(bytes, inserting: ["\u{0}\u{0}\u{0}\u{1}", "x"]), type)
        }
    }
}
