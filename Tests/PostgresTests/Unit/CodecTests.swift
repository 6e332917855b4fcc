import FoundationEssentials
import Testing

@testable import Postgres

@Suite struct CodecTests {
    private func roundTrip<T: PostgresCodable & Equatable>(_ value: T, as type: PostgresType) throws {
        var bytes: [UInt8] = []
        try value.encode(into: &bytes)
        #expect(try T.decode(bytes.span.bytes, type: type) == value)
    }

    @Test func scalars() throws {
        try roundTrip(true, as: .bool)
        for value in [Int.min, -1, 0, 1, .max] { try roundTrip(value, as: .int8) }
        try roundTrip(Int16.min, as: .int2)
        try roundTrip(Int32.max, as: .int4)
        try roundTrip(Int64.min, as: .int8)
        try roundTrip(-0.1, as: .float8)
        try roundTrip(Float.pi, as: .float4)
        try roundTrip("Zürich 雅 🎌", as: .text)
        try roundTrip(UUID(), as: .uuid)
        try roundTrip([UInt8](0...255), as: .bytea)
        try roundTrip(PostgresJSON(#"{"a": 1}"#), as: .jsonb)
        try roundTrip(Date(timeIntervalSinceReferenceDate: 12_345.5), as: .timestamptz)
    }

    @Test func arrays() throws {
        try roundTrip([1, 2, 3], as: .int8Array)
        try roundTrip([Int](), as: .int8Array)
        try roundTrip(["a", nil, ""], as: .textArray)
        try roundTrip([[1, 2], []] as [[UInt8]], as: .byteaArray)
        try roundTrip([UUID(), UUID()], as: .uuidArray)
    }

    @Test func datesKeepMicroseconds() throws {
        var bytes: [UInt8] = []
        try Date(timeIntervalSince1970: 946_684_800.000001).encode(into: &bytes)
        #expect(bytes == [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(throws: PostgresEncodingFailure.self) {
            try Date.distantFuture.addingTimeInterval(1e14).encode(into: &bytes)
        }
    }

    private func failure<T: PostgresDecodable>(_ type: T.Type, _ bytes: [UInt8], _ column: PostgresType)
        -> PostgresDecodingFailure?
    {
        do {
            _ = try T.decode(bytes.span.bytes, type: column)
            return nil
        } catch {
            return error as? PostgresDecodingFailure
        }
    }

    @Test func mismatchesAreRefused() {
        #expect(failure(Int16.self, [0, 1, 0, 0], .int4) == .outOfRange)
        #expect(failure(Int.self, [49], .text) == .typeMismatch)
        #expect(failure(String.self, [0, 0, 0, 1], .int4) == .typeMismatch)
        #expect(failure(Double.self, [0, 0, 0, 0, 0, 0, 0, 0], .numeric) == .typeMismatch)
        #expect(failure(String.self, [0xFF], .text) == .malformed("the text is not UTF-8"))
        #expect(failure(Int.self, [0, 0], .int8) == .malformed("2 bytes instead of 8"))
        #expect(failure(Date.self, [0x7F] + [UInt8](repeating: 0xFF, count: 7), .timestamptz) == .outOfRange)
        #expect(failure([Int].self, [1, 2, 3], .int8) != nil)
        // A header that promises more elements than there are bytes must not make us allocate them.
        #expect(
            failure([Int].self, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1], .int8Array)
                != nil)
    }

    @Test func nullNeedsAnOptional() throws {
        #expect(throws: PostgresDecodingFailure.null) { try Int.decodeNull() }
        #expect(try Int?.decodeNull() == nil)
    }
}
