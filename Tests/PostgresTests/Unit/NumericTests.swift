import Testing

@testable import Postgres

@Suite struct NumericTests {
    private static let digits = String(repeating: "123456789", count: 20)

    @Test(arguments: [
        "0", "1", "-1", "9999", "10000", "10001", "-12.3400", "0.1", "0.00001", "0.000000000001", "123456789.987654321",
        "100000000", "100000000.00", "0.0000", "1.5", "99999999999999999999999999.99", "NaN", "Infinity", "-Infinity",
        digits, "-\(digits).\(digits)", "10000.0001", "0.00010000",
    ])
    func binaryRoundTrip(_ text: String) throws {
        var bytes: [UInt8] = []
        try #require(PostgresNumeric(text)).encode(into: &bytes)
        #expect(try PostgresNumeric.decode(bytes.span.bytes, type: .numeric).description == text)
    }

    @Test(arguments: [("007", "7"), ("+1.0", "1.0"), (".5", "0.5"), ("5.", "5"), ("-0", "0"), ("-0.00", "0.00")])
    func normalises(_ given: String, _ expected: String) throws {
        #expect(try #require(PostgresNumeric(given)).description == expected)
    }

    @Test(arguments: ["", ".", "-", "1e5", "1,0", "1.2.3", " 1", "0x10", "٣", "nan"])
    func refuses(_ text: String) { #expect(PostgresNumeric(text) == nil) }

    @Test(
        arguments: [
            [0, 1, 0, 0, 0x12, 0x34, 0, 0, 0, 1],  // unknown sign
            [0, 2, 0, 0, 0, 0, 0, 0, 0, 1],  // a digit is missing
            [0, 1, 0, 0, 0, 0, 0, 0, 0x27, 0x10],  // the digit 10000
            [0, 1],
        ] as [[UInt8]])
    func refusesMalformedBytes(_ bytes: [UInt8]) {
        #expect(throws: PostgresDecodingFailure.self) {
            try PostgresNumeric.decode(bytes.span.bytes, type: .numeric)
        }
    }
}
