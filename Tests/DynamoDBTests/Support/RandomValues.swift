import DynamoDB
import Fuzzing

extension SeededGenerator {
    /// Text of characters that JSON, UTF-8 and escapes make trouble with.
    mutating func text() -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "e", "\u{301}",
            "雅", "\u{2028}",
            "😀", "\u{FFFF}", "\u{10FFFF}", "#", ":",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...24, using: &self) {
            text.append(scalars.randomElement(using: &self) ?? "a")
        }
        return String(text)
    }

    mutating func bytes() -> [UInt8] {
        (0..<Int.random(in: 0...20, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    mutating func number() -> DecimalNumber {
        let digits = (0..<Int.random(in: 1...38, using: &self)).map { _ in
            String(Int.random(in: 0...9, using: &self))
        }
        let sign = Bool.random(using: &self) ? "-" : ""
        let text = "\(sign)1\(digits.dropFirst().joined())e\(Int.random(in: -130...88, using: &self))"
        return DecimalNumber(text) ?? 1
    }

    /// A value of any type, nested up to a depth.
    mutating func value(depth: Int = 4) -> AttributeValue {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 8), using: &self) {
        case 0: return .string(text())
        case 1: return .number(number())
        case 2: return .binary(bytes())
        case 3: return .bool(Bool.random(using: &self))
        case 4: return .null
        case 5: return .stringSet(StringSet((0...3).map { _ in text() }))
        case 6: return .numberSet(Set((0...3).map { _ in number() }))
        case 7: return .binarySet(Set((0...3).map { _ in bytes() }))
        case 8: return .list((0..<Int.random(in: 0...4, using: &self)).map { _ in value(depth: depth - 1) })
        default: return .map(item(depth: depth - 1))
        }
    }

    mutating func item(depth: Int = 4) -> Item {
        var item: Item = [:]
        for _ in 0..<Int.random(in: 0...8, using: &self) { item[text()] = value(depth: depth) }
        return item
    }
}
