import Foundation
import Fuzzing
import Testing

@testable import DynamoDB

@Suite struct JSONRoundTripTests {
    @Test func randomItemsSurvive() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<1000 {
            let item = generator.item()
            #expect(try Item(jsonDocument: item.jsonDocument) == item)
        }
    }

    /// Another reader must see the same, and our reader must understand another writer's text.
    @Test func foundationAgrees() throws {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            let item = generator.item()
            let object = try JSONSerialization.jsonObject(with: Data(item.jsonDocument))
            for options: JSONSerialization.WritingOptions in [[], [.prettyPrinted], [.withoutEscapingSlashes]] {
                let text = try JSONSerialization.data(withJSONObject: object, options: options)
                #expect(try Item(jsonDocument: Array(text)) == item)
            }
        }
    }

    /// Every character may be written as an escape, names of members included.
    @Test func escapesMeanWhatTheyStandFor() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let item = generator.item(depth: 2)
            let text = String(decoding: item.jsonDocument, as: UTF8.self)
            var escaped = ""
            var isInString = false
            var isAfterBackslash = false
            for scalar in text.unicodeScalars {
                if scalar == "\"" && !isAfterBackslash { isInString.toggle() }
                let mayEscape = isInString && scalar.properties.isAlphabetic && !isAfterBackslash
                if mayEscape, !isAfterUnicodeEscape(escaped) {
                    for unit in String(scalar).utf16 { escaped += String(format: "\\u%04X", unit) }
                } else {
                    escaped.unicodeScalars.append(scalar)
                }
                isAfterBackslash = scalar == "\\" && !isAfterBackslash
            }
            #expect(try Item(jsonDocument: Array(escaped.utf8)) == item)
        }
    }

    /// Whether the next character is one of the four digits of an escape that the text has already.
    private func isAfterUnicodeEscape(_ text: String) -> Bool {
        let tail = text.suffix(5)
        guard let marker = tail.range(of: "\\u00") ?? tail.range(of: "\\u0") ?? tail.range(of: "\\u") else {
            return false
        }
        return tail.distance(from: marker.lowerBound, to: tail.endIndex) < 6
    }

    @Test func controlCharactersAreEscaped() {
        let value = AttributeValue.string("\u{0}\u{8}\t\n\u{C}\r\u{1F}\"\\/é")
        #expect(
            String(decoding: value.jsonDocument, as: UTF8.self)
                == #"{"S":"\u0000\b\t\n\f\r\u001f\"\\/é"}"#)
    }

    @Test func setsAreWrittenInOrder() {
        let value = AttributeValue.map([
            "m": .list([.stringSet(["b", "a"]), .numberSet([10, 9, -1]), .binarySet([[2], [1, 0], [1]])])
        ])
        #expect(
            String(decoding: value.jsonDocument, as: UTF8.self)
                == #"{"M":{"m":{"L":[{"SS":["a","b"]},{"NS":["-1","9","10"]},{"BS":["AQ==","AQA=","Ag=="]}]}}}"#)
    }

    @Test func base64AgreesWithFoundation() throws {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<500 {
            let bytes = generator.bytes()
            var text: [UInt8] = []
            Base64.encode(bytes, to: &text)
            #expect(String(decoding: text, as: UTF8.self) == Data(bytes).base64EncodedString())
            #expect(try text.withUnsafeBufferPointer { try Base64.decode($0) } == bytes)
        }
    }
}
