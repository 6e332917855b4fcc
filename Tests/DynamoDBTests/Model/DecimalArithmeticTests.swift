import Testing

@testable import DynamoDB

/// Against Python's `decimal`.
@Suite struct DecimalArithmeticTests {
    struct Case: Decodable {
        let a: String
        let b: String
        let aText: String
        let sum: String?
        let difference: String?
        let order: Int
        let double: Double
    }

    @Test func sumsDifferencesAndOrderAgreeWithPython() throws {
        let cases: [Case] = try Fixture.decode("numbers.json")
        #expect(cases.count > 300)
        #expect(cases.contains { $0.sum == nil })
        for item in cases {
            let (a, b) = (try DecimalNumber(parsing: item.a), try DecimalNumber(parsing: item.b))
            #expect(a.description == item.aText)
            #expect((try? a.adding(b))?.description == item.sum, "\(item.a) + \(item.b)")
            #expect((try? b.adding(a))?.description == item.sum, "\(item.b) + \(item.a)")
            #expect((try? a.subtracting(b))?.description == item.difference, "\(item.a) - \(item.b)")
            #expect((a < b) == (item.order < 0), "\(item.a) < \(item.b)")
            #expect((a == b) == (item.order == 0))
            #expect(a.double == item.double)
        }
    }

    @Test func faultsOfSumsAreTold() {
        let largest = DecimalNumber("99999999999999999999999999999999999999e88") ?? 0
        #expect(throws: DecimalNumber.Fault.overflow) { try largest.adding(largest) }
        #expect(throws: DecimalNumber.Fault.tooManyDigits) { try largest.adding(1) }
        let tiny = DecimalNumber("1.1e-130") ?? 0
        #expect(throws: DecimalNumber.Fault.underflow) { try tiny.subtracting(DecimalNumber("1e-130") ?? 0) }
    }
}
