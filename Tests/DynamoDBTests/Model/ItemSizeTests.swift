import Testing

@testable import DynamoDB

@Suite struct ItemSizeTests {
    private static func decimal(_ text: String) -> AttributeValue { .number(DecimalNumber(text) ?? 0) }

    private static let cases: [(AttributeValue, Int)] = [
        (.string(""), 0), (.string("abc"), 3), (.string("雅"), 3), (.number(0), 1), (.number(1), 2), (.number(-1), 3),
        (.number(12), 2), (.number(123), 3), (.number(1000), 2),
        // Measured on AWS: github.com/paritysuite/dynamodb-conformance, src/item-size.ts.
        (decimal("1010"), 3), (decimal("0.0000001"), 2), (decimal("1E125"), 2), (decimal("1E-100"), 2),
        (decimal("1.5"), 3), (.number(15), 2), (decimal("1.234"), 4), (decimal("3.14159"), 5), (.number(123_456), 4),
        (decimal("12345678901234567890123456789012345678"), 20), (.bool(true), 1), (.null, 1), (.list([]), 3),
        (.list([.string("abc"), .number(1)]), 10), (.map(["k": .string("v")]), 6), (.binary([1, 2, 3]), 3),
        (.stringSet(["ab", "c"]), 3), (.numberSet([1, 22]), 4), (.binarySet([[1], [2, 3]]), 3),
    ]

    @Test(arguments: cases)
    func valuesCountAsOnAWS(value: AttributeValue, size: Int) {
        #expect(value.sizeInBytes == size)
    }

    @Test func namesCount() {
        let item: Item = ["PK": "a", "名": 1]
        #expect(item.sizeInBytes == 2 + 1 + 3 + 2)
    }
}
