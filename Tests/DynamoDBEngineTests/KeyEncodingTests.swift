import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

@Suite struct KeyEncodingTests {
    private func encoded(_ value: AttributeValue) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(keyComponent: value)
        return bytes
    }

    /// Byte order of encodings is value order, equality is equality, and none is a prefix of another.
    private func check(_ one: AttributeValue, _ other: AttributeValue) {
        let (first, second) = (encoded(one), encoded(other))
        #expect(first.lexicographicallyPrecedes(second) == one.precedes(other), "\(one) \(other)")
        #expect((first == second) == (one == other), "\(one) \(other)")
        if one != other { #expect(!second.starts(with: first), "\(one) \(other)") }
    }

    @Test func stringsKeepTheirOrder() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20_000 { check(.string(random.string(atMost: 4)), .string(random.string(atMost: 4))) }
    }

    @Test func binaryKeepsItsOrder() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<20_000 { check(.binary(random.bytes(atMost: 4)), .binary(random.bytes(atMost: 4))) }
    }

    @Test func numbersKeepTheirOrder() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<20_000 { check(.number(random.number()), .number(random.number())) }
        let edges = [
            "0", "1", "-1", "1E-130", "-1E-130", "9.9999999999999999999999999999999999999E125", "10", "99", "100",
        ]
        for one in edges.compactMap({ DecimalNumber($0) }) {
            for other in edges.compactMap({ DecimalNumber($0) }) { check(.number(one), .number(other)) }
        }
    }

    @Test func numbersAreReadBack() throws {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<20_000 {
            let number = random.number()
            var bytes: [UInt8] = []
            number.appendOrdered(to: &bytes)
            #expect(bytes.count <= 22)
            #expect(try bytes.withUnsafeBytes { try DecimalNumber(ordered: $0) } == number)
        }
    }

    /// The encoding is a stored format: it must never change.
    @Test(
        arguments: [
            ("0", [0x80, 0x00]), ("1", [0xC1, 0x02, 0x00]), ("-1", [0x3E, 0xFD, 0xFF]),
            ("1764412200000", [0xC7, 2, 77, 45, 13, 21, 0]),
            ("0.05", [0xC0, 0x06, 0x00]), ("10", [0xC1, 0x0B, 0x00]), ("1E-130", [0x80, 0x02, 0x00]),
        ] as [(String, [UInt8])])
    func numbersHaveTheirForm(text: String, bytes: [UInt8]) throws {
        let number = try #require(DecimalNumber(text))
        #expect(encoded(.number(number)) == bytes)
    }

    @Test func prefixesFindWhatBeginsWithThem() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<20_000 {
            let (text, prefix) = (random.string(atMost: 3), random.string(atMost: 2))
            var bound: [UInt8] = [1]
            bound.append(keyComponentPrefix: .string(prefix))
            let key = [1] + encoded(.string(text))
            #expect(KeyRange(prefix: bound).contains(key) == text.utf8.starts(with: prefix.utf8), "\(text) \(prefix)")
        }
    }

    /// Known answers of Murmur3 (32 bits, seed 0): the hash is part of the stored format.
    @Test(arguments: [("", 0), ("test", 0xBA6B_D213), ("Hello, world!", 0xC036_3E43)] as [(String, UInt32)])
    func partitionsHashAsEver(text: String, hash: UInt32) {
        #expect(Array(text.utf8).withUnsafeBytes { partitionHash(of: $0) } == hash)
    }

    @Test(arguments: [1, 2, 3, 7, 100, 1_000_000])
    func segmentsCoverTheTable(count: Int) {
        let whole = ItemKey.range(of: 7)
        var next = ItemKey.range(of: 7, segment: 0, of: count).lower
        #expect(!whole.lower.lexicographicallyPrecedes(Array(next.prefix(4))))
        for segment in 0..<min(count, 1000) {
            let range = ItemKey.range(of: 7, segment: segment, of: count)
            #expect(range.lower == next)
            #expect(range.lower.lexicographicallyPrecedes(range.upper))
            next = range.upper
        }
        if count <= 1000 { #expect(next == whole.upper) }
    }
}
