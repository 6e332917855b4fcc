/// An exact NUMERIC, held as the decimal text that the server would print: `-12.3400`, `NaN`, `Infinity`.
///
/// Equality is of the text: `1.0` and `1.00` differ here, as their scales do, though the server calls them equal.
public struct PostgresNumeric: Sendable, Hashable, LosslessStringConvertible {
    /// Decimal digits with an optional sign and point; or `NaN`, `Infinity`, `-Infinity`.
    public let description: String

    /// Takes decimal text such as `12`, `-0.50` or `NaN`; exponents are not taken. `nil` for any other text, and for
    /// more digits than NUMERIC has (131072 before the point, 16383 after it).
    public init?(_ text: String) {
        guard let parts = NumericParts(text) else { return nil }
        description = parts.text
    }

    /// An integer.
    public init(_ value: Int) { description = String(value) }

    init(_ parts: NumericParts) { description = parts.text }
}

extension PostgresNumeric: PostgresCodable {
    /// `numeric`
    public static var postgresType: PostgresType { .numeric }

    /// Appends the base-10000 representation.
    public func encode(into bytes: inout [UInt8]) throws {
        guard let parts = NumericParts(description) else { throw PostgresEncodingFailure("not a number") }
        parts.encode(into: &bytes)
    }

    /// Reads `numeric` and the integer types.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> PostgresNumeric {
        switch type {
        case .numeric: PostgresNumeric(try NumericParts(bytes))
        case .int2, .int4, .int8: PostgresNumeric(try Int.decode(bytes, type: type))
        default: throw PostgresDecodingFailure.typeMismatch
        }
    }
}

/// A NUMERIC taken apart as its binary representation has it (`numeric_send` in PostgreSQL's numeric.c).
struct NumericParts {
    private enum Sign: UInt16 {
        case positive = 0x0000
        case negative = 0x4000
        case notANumber = 0xC000
        case positiveInfinity = 0xD000
        case negativeInfinity = 0xF000
    }

    private var sign: Sign
    /// Base-10000 digits, the highest first, without leading or trailing zeros.
    private var groups: [Int16] = []
    /// The first group counts 10000^weight.
    private var weight = 0
    /// Decimal digits after the point.
    private var scale = 0

    // MARK: Text

    init?(_ text: String) {
        switch text {
        case "NaN": sign = .notANumber
        case "Infinity": sign = .positiveInfinity
        case "-Infinity": sign = .negativeInfinity
        default:
            var rest = text.utf8[...]
            sign = rest.first == UInt8(ascii: "-") ? .negative : .positive
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            let parts = rest.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
            let whole = [UInt8](parts[0])
            let fraction = parts.count == 2 ? [UInt8](parts[1]) : []
            guard whole.count + fraction.count > 0, whole.count <= 131_072, fraction.count <= 16_383,
                (whole + fraction).allSatisfy({ (48...57).contains($0) })
            else { return nil }
            take(whole: whole.map { Int16($0 - 48) }, fraction: fraction.map { Int16($0 - 48) })
        }
    }

    private mutating func take(whole: [Int16], fraction: [Int16]) {
        scale = fraction.count
        let leading = (4 - whole.count % 4) % 4
        let trailing = (4 - fraction.count % 4) % 4
        let digits = [Int16](repeating: 0, count: leading) + whole + fraction + [Int16](repeating: 0, count: trailing)
        weight = (whole.count + leading) / 4 - 1
        for start in stride(from: 0, to: digits.count, by: 4) {
            groups.append(digits[start..<start + 4].reduce(0) { $0 * 10 + $1 })
        }
        while groups.last == 0 { groups.removeLast() }
        let zeros = groups.prefix { $0 == 0 }.count
        groups.removeFirst(zeros)
        weight = groups.isEmpty ? 0 : weight - zeros
        if groups.isEmpty { sign = .positive }  // NUMERIC has no negative zero
    }

    var text: String {
        switch sign {
        case .notANumber: return "NaN"
        case .positiveInfinity: return "Infinity"
        case .negativeInfinity: return "-Infinity"
        case .positive, .negative: break
        }
        var text = sign == .negative ? "-" : ""
        for power in stride(from: max(weight, 0), through: 0, by: -1) {
            text += digits(of: power, padded: power < weight)
        }
        guard scale > 0 else { return text }
        var fraction = ""
        for power in 1...(scale + 3) / 4 { fraction += digits(of: -power, padded: true) }
        return text + "." + fraction.prefix(scale)
    }

    /// The group that counts 10000^power; groups that are zero at either end are not stored.
    private func digits(of power: Int, padded: Bool) -> String {
        let index = weight - power
        let digits = String(groups.indices.contains(index) ? groups[index] : 0)
        return padded ? String(repeating: "0", count: 4 - digits.count) + digits : digits
    }

    // MARK: Binary

    init(_ bytes: RawSpan) throws {
        let count = Int(try bytes.integer(at: 0, as: UInt16.self))
        weight = Int(try bytes.integer(at: 2, as: Int16.self))
        guard let sign = Sign(rawValue: try bytes.integer(at: 4)) else {
            throw PostgresDecodingFailure.malformed("unknown sign of a numeric")
        }
        self.sign = sign
        scale = Int(try bytes.integer(at: 6, as: UInt16.self))
        try bytes.requireLength(8 + 2 * count)
        for index in 0..<count {
            let group: Int16 = try bytes.integer(at: 8 + 2 * index)
            guard (0...9_999).contains(group) else { throw PostgresDecodingFailure.malformed("a digit beyond 9999") }
            groups.append(group)
        }
    }

    func encode(into bytes: inout [UInt8]) {
        bytes.appendInteger(UInt16(groups.count))
        bytes.appendInteger(Int16(weight))
        bytes.appendInteger(sign.rawValue)
        bytes.appendInteger(UInt16(scale))
        for group in groups { bytes.appendInteger(group) }
    }
}
