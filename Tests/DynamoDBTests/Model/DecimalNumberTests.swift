import Fuzzing
import Testing

@testable import DynamoDB

@Suite struct DecimalNumberTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("0.000", "0"), ("0e125", "0"), ("0.00e-128", "0"), ("1000", "1000"), ("1e3", "1000"),
        ("+1000", "1000"), ("1000.0", "1000"), (".5", "0.5"), ("5.", "5"), ("00012.3400", "12.34"),
        ("-1.5E-3", "-0.0015"),
        ("123.456", "123.456"), ("18446744073709551615", "18446744073709551615"),
        ("18446744073709551616", "18446744073709551616"),
        (
            "99999999999999999999999999999999999999", "99999999999999999999999999999999999999"
        ),
        ("0.00000000000000000000000000000000000000012345", "0.00000000000000000000000000000000000000012345"),
        ("1e-130", "0." + String(repeating: "0", count: 129) + "1"),
        (
            "9.9999999999999999999999999999999999999E+125",
            String(repeating: "9", count: 38) + String(repeating: "0", count: 88)
        ),
    ])
    func textIsNormalised(text: String, expected: String) throws {
        let number = try DecimalNumber(parsing: text)
        #expect(number.description == expected)
        #expect(try DecimalNumber(parsing: expected) == number)
        #expect(try DecimalNumber(parsing: expected).hashValue == number.hashValue)
    }

    @Test(arguments: [
        "", "-", "+", ".", "e5", "1e", "1e+", "--1", "1-", "1.2.3", " 1", "1 ", "1,000", "0x10", "NaN", "Infinity", "１",
        "1e5.5", "1_000", "1e9223372036854775808", "0e99999999999999999999", "1e-9223372036854775809",
    ])
    func badTextIsRefused(text: String) {
        #expect(throws: DecimalNumber.Fault.notANumber) { try DecimalNumber(parsing: text) }
        #expect(DecimalNumber(text) == nil)
    }

    @Test(arguments: [
        ("1e126", DecimalNumber.Fault.overflow), ("-1e126", .overflow), ("1e9223372036854775807", .overflow),
        ("0e126", .overflow),
        ("0.1e127", .overflow), ("1e-131", .underflow), ("-0.1e-130", .underflow),
        ("1e-9223372036854775808", .underflow), ("0e-131", .underflow), ("0.0e-130", .underflow),
        ("123456789012345678901234567890123456789", .tooManyDigits),
        ("0.123456789012345678901234567890123456789", .tooManyDigits),
        ("1.00000000000000000000000000000000000001", .tooManyDigits),
    ])
    func limitsAreKept(text: String, fault: DecimalNumber.Fault) {
        #expect(throws: fault) { try DecimalNumber(parsing: text) }
    }

    @Test func trailingZerosAreNotDigits() throws {
        let text = "1" + String(repeating: "0", count: 125) + "." + String(repeating: "0", count: 200)
        #expect(try DecimalNumber(parsing: text).digitCount == 1)
        #expect(try DecimalNumber(parsing: text).magnitude == 125)
    }

    @Test func integersConvertExactly() throws {
        for value in [0, 1, -1, 10, -10, 1_764_412_200_000, Int.max, Int.min] {
            #expect(DecimalNumber(value).description == "\(value)")
            #expect(DecimalNumber(value).int == value)
            #expect(try DecimalNumber(parsing: "\(value)") == DecimalNumber(value))
        }
        #expect(DecimalNumber("9223372036854775808")?.int == nil)
        #expect(DecimalNumber("-9223372036854775809")?.int == nil)
        #expect(DecimalNumber("1.5")?.int == nil)
        #expect(DecimalNumber("1e125")?.int == nil)
        #expect(UInt64(exactly: DecimalNumber(UInt64.max)) == .max)
        #expect(UInt8(exactly: DecimalNumber(-1)) == nil)
    }

    @Test func doublesConvertByTheirShortestText() throws {
        #expect(try DecimalNumber(0.1).description == "0.1")
        #expect(try DecimalNumber(-1e21).description == "-1000000000000000000000")
        #expect(throws: DecimalNumber.Fault.notANumber) { try DecimalNumber(Double.nan) }
        #expect(throws: DecimalNumber.Fault.overflow) { try DecimalNumber(1e300) }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<500 {
            let value = Double.random(in: -1e9...1e9, using: &generator)
            #expect(try DecimalNumber(value).double == value)
        }
    }

    @Test func aValueStaysThreeWords() {
        #expect(MemoryLayout<AttributeValue>.stride == 24)
    }

    @Test func randomNumbersSurviveTheirText() throws {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<2000 {
            let number = generator.number()
            #expect(try DecimalNumber(parsing: number.description) == number)
            #expect(number.negated.negated == number)
        }
    }
}
