import Fuzzing
import Testing

@testable import DynamoDB

/// Texts that Swift holds to be equal and DynamoDB does not.
@Suite struct ExactTextTests {
    static let pairs: [(String, String)] = [
        ("\u{E9}", "e\u{301}"), ("\u{C5}", "A\u{30A}"), ("\u{212B}", "\u{C5}"), ("\u{2126}", "\u{3A9}"),
        ("\u{AC00}", "\u{1100}\u{1161}"), ("q\u{307}\u{323}", "q\u{323}\u{307}"),
        ("a long text with \u{E9} in it", "a long text with e\u{301} in it"),
    ]

    private static func bytes(_ texts: some Sequence<String>) -> [[UInt8]] {
        texts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    @Test(arguments: pairs) func valuesAreToldApartByTheirBytes(one: String, two: String) throws {
        // What this is about: for Swift they are one.
        #expect(one == two)
        #expect(AttributeValue.string(one) != .string(two))
        #expect(Set([AttributeValue.string(one), .string(two)]).count == 2)
        #expect(AttributeValue.list([.string(one)]) != .list([.string(two)]))
        #expect(AttributeValue.map([one: 1]) != .map([two: 1]))
        #expect(AttributeValue.stringSet([one]) != .stringSet([two]))
        #expect(StringSet([one, two]).count == 2)
        #expect(Self.bytes(StringSet([one, two])) == Self.bytes([one, two]))
        let order = [ExactString(one), ExactString(two)].sorted().map(\.text)
        #expect(order.map { Array($0.utf8) } == Self.bytes([one, two]))
    }

    @Test(arguments: pairs) func mapsKeepBothNames(one: String, two: String) throws {
        var item: Item = [one: 1, two: 2]
        #expect(item.count == 2 && item[one] == 1 && item[two] == 2)
        #expect(Self.bytes(item.keys) == Self.bytes([one, two]))
        #expect(item.keys.contains(one) && !Item([one: 1]).keys.contains(two))
        #expect(try Item(jsonDocument: item.jsonDocument) == item)
        let read = try Item(jsonDocument: item.jsonDocument)
        #expect(Self.bytes(read.map(\.key)) == Self.bytes([one, two]))
        item[one] = nil
        #expect(item == [two: 2] && item != [one: 2])
    }

    @Test(arguments: pairs) func setsOfBothAreRead(one: String, two: String) throws {
        let item: Item = ["s": .stringSet([one, two])]
        let read = try Item(jsonDocument: item.jsonDocument)
        #expect(read == item)
        #expect(read["s"]?.stringSet?.count == 2)
        #expect(throws: DynamoDBError.self) {
            try Item(jsonDocument: Array(#"{"s":{"SS":["\#(one)","\#(one)"]}}"#.utf8))
        }
    }

    @Test(arguments: pairs) func expressionsNameBoth(one: String, two: String) throws {
        let request = UpdateItemInput(tableName: "t", key: ["a": 1]).when(
            .attribute(AttributePath(one)) == .attribute(.at("m", .member(ExactString(two)))))
        #expect(Self.bytes(try #require(request.expressionAttributeNames).values) == Self.bytes(["m", one, two]))
    }

    @Test(arguments: pairs) func batchesWriteBothKeys(one: String, two: String) async throws {
        var batch = WriteBatch(keyAttributes: ["a"])
        let taken = [one, two, two].map { batch.add(.put(["a": .string($0)])) }
        #expect(taken == [true, true, true] && batch.requests.count == 2)

        let transport = MemoryTransport()
        let client = try DynamoDBClient.fake(transport)
        let items = [one, two].map { ["a": .string($0), "b": .string($0)] as Item }
        #expect(try await client.batchPut(items, to: "tab", keyAttributes: ["a"]) == 2)
        #expect(try await client.batchGet(items.map { $0.filter { $0.key == "a" } }, from: "tab") == items)
    }

    @Test(arguments: pairs) func codableLosesNeither(one: String, two: String) throws {
        struct Tags: Codable, Equatable {
            @AttributeSet var tags: Set<ExactString>
        }
        struct Plain: Codable {
            @AttributeSet var tags: Set<String>
        }
        let tags = Tags(tags: [ExactString(one), ExactString(two)])
        let item = try ItemEncoder().encode(tags)
        #expect(item == ["tags": .stringSet([one, two])])
        #expect(try ItemDecoder().decode(Tags.self, from: item) == tags)
        // A set or a dictionary of String can't hold both: an error is better than half of them.
        #expect(throws: DecodingError.self) { try ItemDecoder().decode(Plain.self, from: item) }
        #expect(throws: DecodingError.self) {
            try ItemDecoder().decode([String: Int].self, from: [one: 1, two: 2])
        }
        #expect(try ItemDecoder().decode([String: Int].self, from: [one: 1, "b": 2]).count == 2)
    }

    @Test func aMapIsUsedAsADictionary() throws {
        var map: AttributeMap<Int> = ["a": 1, "b": 2, "a": 3]
        #expect(map == ["a": 3, "b": 2])
        map["c", default: 5] += 1
        map.merge(["a": 10, "d": 4], uniquingKeysWith: +)
        #expect(map.sorted().map(\.key) == ["a", "b", "c", "d"])
        #expect(map.sorted().map(\.value) == [13, 2, 6, 4])
        #expect(map.mapValues { $0 * 2 }["d"] == 8)
        #expect(map.compactMapValues { $0 > 4 ? "\($0)" : nil } == ["a": "13", "c": "6"])
        #expect(map.filter { $0.value > 4 }.count == 2)
        #expect(map.removeValue(forKey: "d") == 4)
        let place = try #require(map.index(forKey: "c"))
        map.values[place] = 0
        #expect(map[place].key == "c" && map["c"] == 0)
        #expect(AttributeMap(uniqueKeysWithValues: zip(map.keys, map.values)) == map)
        #expect("\(AttributeMap(["x": 1]))" == #"["x": 1]"# && "\(StringSet(["x"]))" == #"["x"]"#)
    }
}
