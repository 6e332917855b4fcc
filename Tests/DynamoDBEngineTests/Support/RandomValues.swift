import DynamoDB
import Fuzzing

/// Values that are awkward more often than chance would have them.
extension SeededGenerator {
    mutating func number() -> DecimalNumber {
        let digits = Int.random(in: 1...38, using: &self)
        var text = Bool.random(using: &self) ? "-" : ""
        switch Int.random(in: 0..<4, using: &self) {
        case 0: text += String(Int.random(in: 0...20, using: &self))
        case 1: text += String(Int.random(in: 0...1_000_000_000_000, using: &self))
        default:
            for _ in 0..<digits { text += String(Int.random(in: 0...9, using: &self)) }
            text += "E\(Int.random(in: -129...(125 - digits), using: &self))"
        }
        return DecimalNumber(text) ?? 0
    }

    mutating func bytes(atMost count: Int = 12) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in
            // Zeros and 0xFF are where escapes and bounds go wrong.
            [0, 1, 0xFE, 0xFF, UInt8.random(in: 0...255, using: &self)].randomElement(using: &self) ?? 0
        }
    }

    mutating func string(atMost count: Int = 10) -> String {
        let alphabet: [Unicode.Scalar] = [
            "\0", "\u{1}", "a", "b", "z", "é", "e", "\u{301}", "Ω", "\u{2126}", "日", "😀", "\u{FFFF}", "\u{10FFFF}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...count, using: &self) {
            text.append(alphabet.randomElement(using: &self) ?? "a")
        }
        return String(text)
    }

    mutating func value(depth: Int = 0) -> AttributeValue {
        switch Int.random(in: 0..<(depth < 4 ? 10 : 5), using: &self) {
        case 0: .string(string())
        case 1: .number(number())
        case 2: .binary(bytes())
        case 3: .bool(Bool.random(using: &self))
        case 4: .null
        case 5: .list((0..<Int.random(in: 0...3, using: &self)).map { _ in value(depth: depth + 1) })
        case 6: .map(item(atMost: 3, depth: depth + 1))
        case 7: .stringSet(StringSet((0...Int.random(in: 0...3, using: &self)).map { _ in string() }))
        case 8: .numberSet(Set((0...Int.random(in: 0...3, using: &self)).map { _ in number() }))
        default: .binarySet(Set((0...Int.random(in: 0...3, using: &self)).map { _ in bytes() }))
        }
    }

    mutating func item(atMost count: Int = 8, depth: Int = 0) -> Item {
        var item: Item = [:]
        for _ in 0..<Int.random(in: 0...count, using: &self) { item["n" + string(atMost: 3)] = value(depth: depth) }
        return item
    }
}
