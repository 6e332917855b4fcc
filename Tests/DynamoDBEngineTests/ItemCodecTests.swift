import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

@Suite struct ItemCodecTests {
    @Test func itemsAreReadBack() throws {
        var random = SeededGenerator(seed: 10)
        for _ in 0..<3_000 {
            let item = random.item()
            let encoded = try StoredItemEncoder.encode(item)
            try encoded.bytes.withUnsafeBytes { bytes in
                let stored = try StoredItem(bytes)
                #expect(stored.size == encoded.size)
                #expect(try stored.item() == item)
                for (name, value) in item { #expect(try stored.value(named: name) == value) }
                #expect(try stored.value(named: "absent") == nil)
                let some = StringSet(item.keys.filter { _ in Bool.random(using: &random) })
                let part = try stored.item(ItemProjection(attributes: some))
                #expect(part == item.filter { some.contains($0.key) })
            }
        }
    }

    /// Items of one shape, of another and of none, in any order, are read as they are read alone.
    @Test func itemsAreReadOneAfterTheOther() throws {
        var random = SeededGenerator(seed: 12)
        let patterns = (0..<3).map { _ in random.item() }
        for _ in 0..<200 {
            var shape = ItemShape()
            for _ in 0..<20 {
                let pattern = patterns.randomElement(using: &random) ?? [:]
                let other = random.item()
                var item = Bool.random(using: &random) ? pattern : other
                for name in item.keys { item[name] = other.values.randomElement(using: &random) ?? .null }
                try StoredItemEncoder.encode(item).bytes.withUnsafeBytes { bytes in
                    let read = try shape.item(try StoredItem(bytes))
                    #expect(read == item)
                }
            }
        }
    }

    /// Some attributes are changed, removed and added in the stored form, in whatever order an older file has them.
    @Test func partsAreReplaced() throws {
        var random = SeededGenerator(seed: 14)
        for _ in 0..<2_000 {
            let old = random.item()
            let other = random.item()
            let names = StringSet(old.keys).union(StringSet(other.keys)).filter { _ in random.next() % 2 == 0 }
            var expected = old
            for name in names.sorted() { expected[name] = random.next() % 3 == 0 ? old[name] : other[name] }
            let isInOrder = random.next() % 2 == 0
            let stored = try StoredItemEncoder.encode(
                old, only: isInOrder ? old.sorted().map(\.key) : old.keys.shuffled(using: &random))
            try stored.bytes.withUnsafeBytes { bytes in
                let stored = try StoredItem(bytes)
                let part = try stored.part(SoughtNames(names.sorted()))
                #expect(part.item == old.filter { names.contains($0.key) })
                let encoded = try StoredItemEncoder.encode(
                    stored, with: expected.filter { names.contains($0.key) }, for: part)
                let whole = try StoredItemEncoder.encode(expected)
                #expect(encoded.size == whole.size)
                try encoded.bytes.withUnsafeBytes { bytes in
                    let found = try StoredItem(bytes)
                    #expect(try found.item() == expected)
                    try whole.bytes.withUnsafeBytes { whole in
                        let whole = try StoredItem(whole)
                        #expect(try found.hasSameValue(as: whole))
                    }
                }
            }
        }
    }

    /// Whatever the order of a dictionary is: equal names are at equal places, which pages are read by.
    @Test func attributesAreStoredByTheirNames() throws {
        var random = SeededGenerator(seed: 13)
        let beginnings = ["c", "a", "b\u{0}", "eight8by", "eight8bytes", "日本"]
        for _ in 0..<500 {
            let names = (0..<12).map { _ in
                (beginnings.randomElement(using: &random) ?? "") + String(repeating: "z", count: .random(in: 0...9))
            }
            let item = Item(names.shuffled(using: &random).map { ($0, .null) }, uniquingKeysWith: { first, _ in first })
            let stored = try StoredItemEncoder.encode(item).bytes.withUnsafeBytes { bytes in
                var input = try StoredItem(bytes).attributes()
                return try (0..<(try input.varint())).map { _ in
                    defer { _ = try? input.skipValue() }
                    return try input.countedString()
                }
            }
            #expect(stored == Set(names).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
        }
    }

    /// Sizes by AWS's accounting.
    @Test(
        arguments: [
            (["a": .string("é")], 3), (["a": .number(0)], 2), (["a": .number(1)], 3), (["a": .number(-1)], 4),
            (["a": .number(100)], 3), (["a": .number(123)], 4), (["ab": .binary([1, 2, 3])], 5), (["a": .null], 2),
            (["a": .bool(true)], 2), (["a": .list([])], 4), (["a": .list([.null, .string("xy")])], 9),
            (["a": .map(["k": .number(1)])], 8), (["a": .stringSet(["x", "yz"])], 4), (["a": .numberSet([1, 2])], 5),
        ] as [(Item, Int)])
    func sizesAreAccounted(item: Item, size: Int) throws {
        #expect(try StoredItemEncoder.encode(item).size == size)
    }

    @Test func nestingEndsAt32() throws {
        func nested(_ levels: Int) -> AttributeValue {
            (1..<levels).reduce(.null) { value, _ in .list([value]) }
        }
        _ = try StoredItemEncoder.encode(["a": nested(32)])
        #expect(throws: DynamoDBError.self) { try StoredItemEncoder.encode(["a": nested(33)]) }
    }

    /// Damage is found and never trusted: no crash, no endless loop, no unbounded memory.
    @Test func damageIsReported() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<3_000 {
            var bytes = try StoredItemEncoder.encode(random.item()).bytes
            for _ in 0...2 {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                bytes[position] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            _ = try? bytes.withUnsafeBytes { try StoredItem($0).item() }
            var shape = ItemShape()
            for _ in 0..<2 { _ = try? bytes.withUnsafeBytes { try shape.item(try StoredItem($0)) } }
        }
        #expect(throws: StoredDataError.unknownVersion) {
            try [9, 0, 0, 0, 0, 0, 0].withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in _ = try StoredItem(bytes) }
        }
    }
}
