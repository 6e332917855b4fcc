import Foundation
import Testing

@testable import DynamoDB

@Suite struct ItemCodingTests {
    private struct Order: Codable, Equatable {
        enum Status: String, Codable { case open, done }
        struct Line: Codable, Equatable {
            var sku: String
            var count: Int
            var note: String?
        }

        var id: UUID
        var status: Status
        var lines: [Line]
        var total: Decimal
        var weight: Double
        var number: DecimalNumber
        var large: UInt64
        var image: Data
        var bytes: [UInt8]
        var place: URL
        var isPaid: Bool
        var labels: [String: Int]
        var gaps: [Int?]
        var note: String?
        var created: Date
        @AttributeSet var tags: Set<String>
        @AttributeSet var ranks: Set<Int>
        @AttributeSet var hashes: Set<[UInt8]>
        @AttributeSet var none: Set<DecimalNumber>
    }

    private func order() throws -> Order {
        Order(
            id: UUID(), status: .done, lines: [.init(sku: "a", count: 2, note: "n"), .init(sku: "b", count: -1)],
            total: try #require(Decimal(string: "123456789012345678901234567.89")), weight: 0.1,
            number: try #require(DecimalNumber("99999999999999999999999999999999999999e50")), large: .max,
            image: Data([0, 255]), bytes: [1, 2], place: try #require(URL(string: "https://example.com/a?b=%20")),
            isPaid: true, labels: ["x": 1], gaps: [1, nil, 3], note: nil,
            created: Date(timeIntervalSince1970: 1_764_412_200.5), tags: ["r", "s"], ranks: [1, 2], hashes: [[7]],
            none: [])
    }

    @Test func everyTypeHasItsPlace() throws {
        let order = try order()
        let item = try ItemEncoder(dates: .iso8601).encode(order)
        #expect(
            item == [
                "id": .string(order.id.uuidString), "status": "done",
                "lines": [["sku": "a", "count": 2, "note": "n"], ["sku": "b", "count": -1]],
                "total": .number(try DecimalNumber(parsing: "123456789012345678901234567.89")),
                "weight": .number(try DecimalNumber(parsing: "0.1")), "number": .number(order.number),
                "large": .number(UInt64.max), "image": .binary([0, 255]), "bytes": .binary([1, 2]),
                "place": "https://example.com/a?b=%20", "isPaid": true, "labels": ["x": 1], "gaps": [1, .null, 3],
                "created": "2025-11-29T10:30:00.500Z", "tags": .stringSet(["r", "s"]), "ranks": .numberSet([1, 2]),
                "hashes": .binarySet([[7]]),
            ])
        #expect(try ItemDecoder(dates: .iso8601).decode(Order.self, from: item) == order)
    }

    @Test(arguments: [
        (DateForm.secondsSince1970, AttributeValue.number(1_764_412_200)),
        (.millisecondsSince1970, .number(1_764_412_200_500)), (.iso8601, "2025-11-29T10:30:00.500Z"),
    ])
    func datesStandAsChosen(form: DateForm, value: AttributeValue) throws {
        let date = Date(timeIntervalSince1970: 1_764_412_200.5)
        #expect(try ItemEncoder(dates: form).attributeValue(date) == value)
        let read = try ItemDecoder(dates: form).decode(Date.self, from: value)
        #expect(read == (form == .secondsSince1970 ? Date(timeIntervalSince1970: 1_764_412_200) : date))
    }

    @Test func aDateWithoutAFormIsAnError() {
        #expect(throws: EncodingError.self) { try ItemEncoder().encode(["at": Date()]) }
        #expect(throws: DecodingError.self) { try ItemDecoder().decode([String: Date].self, from: ["at": 1]) }
    }

    @Test func whatDoesNotFitIsAnErrorWithItsPlace() throws {
        struct Inner: Codable { var count: Int8 }
        struct Outer: Codable { var list: [Inner] }
        let tooLarge: Item = ["list": [["count": 1], ["count": 128]]]
        let error = try #require(throws: DecodingError.self) { try ItemDecoder().decode(Outer.self, from: tooLarge) }
        guard case .dataCorrupted(let context) = error else { throw error }
        #expect(context.codingPath.map(\.stringValue) == ["list", "1", "count"])

        let fraction: Item = ["count": .number(try DecimalNumber(parsing: "0.5"))]
        #expect(throws: DecodingError.self) { try ItemDecoder().decode(Inner.self, from: fraction) }
        #expect(throws: DecodingError.self) { try ItemDecoder().decode(Inner.self, from: ["count": "1"]) }
        #expect(throws: DecodingError.self) { try ItemDecoder().decode(Inner.self, from: [:]) }
        #expect(throws: EncodingError.self) { try ItemEncoder().encode(["x": Double.nan]) }
        #expect(throws: EncodingError.self) { try ItemEncoder().encode([1]) }
        let digits = try #require(Decimal(string: "1.00000000000000000000000000000000000001"))
        #expect(throws: EncodingError.self) { try ItemEncoder().encode(["x": digits]) }
    }

    @Test func nullAndAbsentAreNil() throws {
        struct Value: Codable { var text: String? }
        #expect(try ItemDecoder().decode(Value.self, from: [:]).text == nil)
        #expect(try ItemDecoder().decode(Value.self, from: ["text": .null]).text == nil)
    }

    @Test func classesAndNestedContainersAreCoded() throws {
        class Base: Codable { var a = 1 }
        final class Derived: Base {
            var b = [2]
            private enum Keys: String, CodingKey { case b, nested, deep }
            override init() { super.init() }
            required init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Keys.self)
                var nested = try container.nestedContainer(keyedBy: Keys.self, forKey: .nested)
                    .nestedUnkeyedContainer(forKey: .deep)
                b = try [nested.decode(Int.self)]
                try super.init(from: container.superDecoder())
            }
            override func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                var nested = container.nestedContainer(keyedBy: Keys.self, forKey: .nested)
                var deep = nested.nestedUnkeyedContainer(forKey: .deep)
                try deep.encode(b[0])
                try super.encode(to: container.superEncoder())
            }
        }
        let item = try ItemEncoder().encode(Derived())
        #expect(item == ["nested": ["deep": [2]], "super": ["a": 1]])
        let read = try ItemDecoder().decode(Derived.self, from: item)
        #expect(read.b == [2] && read.a == 1)
    }
}
