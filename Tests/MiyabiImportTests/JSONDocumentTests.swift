import DynamoDB
import Foundation
import MiyabiTestSupport
import Testing

@testable import MiyabiImport

@Suite("JSONDocument")
struct JSONDocumentTests {
    @Test("reads every kind of value")
    func values() throws {
        let text = #"""
             {"a" : [1, -0.5, 12e2, 0], "b":{}, "c":[] ,"d":null,"e":true,"f":false,
            "g":"é\u00e9\ud83c\udfee\n\t\"\\\/\b\f\r","":"x","a2":"","big":9223372036854775808123}
            """#
        let expected: AttributeValue = .map([
            "a": .list([.number(1), .number(try #require(DecimalNumber("-0.5"))), .number(1200), .number(0)]),
            "b": .map([:]), "c": .list([]), "d": .null, "e": .bool(true), "f": .bool(false),
            "g": .string("éé🏮\n\t\"\\/\u{8}\u{C}\r"), "": .string("x"), "a2": .string(""),
            "big": .number(try #require(DecimalNumber("9223372036854775808123"))),
        ])
        #expect(try JSONDocument.parse(Array(text.utf8)) == expected)
    }

    @Test("keeps the last of two members with one name")
    func duplicates() throws {
        #expect(try JSONDocument.parse(Array(#"{"a":1,"a":2}"#.utf8)) == .map(["a": .number(2)]))
    }

    @Test(
        "refuses what is not JSON, and says where",
        arguments: [
            ("", 1), ("{", 2), ("{\"a\"", 5), ("[1,]", 4), ("{\"a\":1,}", 8), ("[1 2]", 4), ("01", 2), ("1.", 3),
            ("-", 2), ("1e", 3), ("tru", 1), ("nul", 1), ("\"a", 3), ("\"\n\"", 2), ("\"\\x\"", 3), ("\"\\u12g4\"", 4),
            ("\"\\ud800\"", 4), ("\"\\udc00x\"", 4), ("{} x", 4), ("'a'", 1), ("{a:1}", 2), ("+1", 1), ("NaN", 1),
        ] as [(String, Int)])
    func refuses(text: String, place: Int) {
        let fault = #expect(throws: JSONDocument.Fault.self) { try JSONDocument.parse(Array(text.utf8)) }
        #expect(fault?.description.hasSuffix("at byte \(place)") == true, "\(fault?.description ?? "no error")")
    }

    @Test("refuses text that is not UTF-8, numbers and depths that DynamoDB does not hold")
    func limits() {
        #expect(throws: JSONDocument.Fault.self) { try JSONDocument.parse([0x22, 0xC3, 0x22]) }
        #expect(throws: JSONDocument.Fault.self) { try JSONDocument.parse([0x22, 0xED, 0xA0, 0x80, 0x22]) }
        for number in ["1e126", "1e-131", String(repeating: "1", count: 39)] {
            #expect(throws: JSONDocument.Fault.self, "\(number)") { try JSONDocument.parse(Array(number.utf8)) }
        }
        func nested(_ levels: Int) -> [UInt8] {
            Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
        }
        #expect(throws: Never.self) { try JSONDocument.parse(nested(32)) }
        #expect(throws: JSONDocument.Fault.self) { try JSONDocument.parse(nested(33)) }
        #expect(throws: JSONDocument.Fault.self) { try JSONDocument.parse(nested(1_000_000)) }
    }

    @Test("agrees with Foundation on every real payload")
    func realPayloads() async throws {
        let reader = try LineReader(path: RealData.file("github-webhooks").path)
        while case let lines = try await reader.lines(atMost: 100), !lines.isEmpty {
            for line in lines {
                let bytes = try #require(line.bytes)
                let ours = try JSONDocument.parse(bytes)
                #expect(try same(ours, JSONSerialization.jsonObject(with: Data(bytes))), "line \(line.number)")
            }
        }
    }

    func same(_ ours: AttributeValue, _ theirs: Any) throws -> Bool {
        switch ours {
        case .null: return theirs is NSNull
        case .bool(let bool): return theirs as? Bool == bool
        case .string(let text): return theirs as? String == text
        case .number(let number):
            return try number.double == #require(theirs as? NSNumber).doubleValue
        case .list(let elements):
            let list = try #require(theirs as? [Any])
            return try list.count == elements.count && zip(elements, list).allSatisfy { try same($0, $1) }
        case .map(let members):
            let object = try #require(theirs as? [String: Any])
            return try object.count == members.count
                && members.allSatisfy { name, member in try same(member, #require(object[name])) }
        default: return false
        }
    }
}
