import FoundationEssentials
import Fuzzing
import Testing

@testable import Postgres

/// Bytes of any kind, as a damaged or a strange server might send them: a value or an error, never a trap.
@Suite struct CodecFaultTests {
    private static let types: [PostgresType] = [
        .bool, .int2, .int4, .int8, .float4, .float8, .numeric, .text, .bytea, .uuid, .jsonb, .json, .timestamp,
        .timestamptz, .date, .interval, .int8Array, .textArray, .numericArray, .uuidArray, .byteaArray, .int8range,
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
