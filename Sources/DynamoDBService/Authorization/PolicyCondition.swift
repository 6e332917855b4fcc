internal import DynamoDBEngine
internal import Foundation
internal import Glibc

/// One key of a Condition, under one operator: met if a value of the request matches one of the policy's.
struct PolicyCondition: Sendable {
    /// How values are compared. An operator whose name has Not is met where the one without is not.
    fileprivate enum Comparison: Sendable {
        case text(ignoresCase: Bool)
        case pattern
        case truth
        case address
        case number(@Sendable (Double, Double) -> Bool)
        case time(@Sendable (Double, Double) -> Bool)
        /// Whether the key is missing.
        case missing
    }

    private enum Quantifier: Sendable {
        case one, all, any
    }

    /// What a value is compared with.
    fileprivate enum Operand: Sendable {
        case pattern(PolicyPattern)
        case truth(Bool)
        case network(AddressRange)
        case number(Double)
    }

    let key: PolicyKey
    private let comparison: Comparison
    private let isNegated: Bool
    private let ifExists: Bool
    private let quantifier: Quantifier
    private let operands: [Operand]

    private static let operators: [String: (Comparison, isNegated: Bool)] = [
        "StringEquals": (.text(ignoresCase: false), false), "StringNotEquals": (.text(ignoresCase: false), true),
        "StringEqualsIgnoreCase": (.text(ignoresCase: true), false),
        "StringNotEqualsIgnoreCase": (.text(ignoresCase: true), true),
        "StringLike": (.pattern, false), "StringNotLike": (.pattern, true),
        "ArnEquals": (.pattern, false), "ArnLike": (.pattern, false),
        "ArnNotEquals": (.pattern, true), "ArnNotLike": (.pattern, true),
        "Bool": (.truth, false), "Null": (.missing, false),
        "IpAddress": (.address, false), "NotIpAddress": (.address, true),
        "NumericEquals": (.number { $0 == $1 }, false), "NumericNotEquals": (.number { $0 == $1 }, true),
        "NumericLessThan": (.number { $0 < $1 }, false), "NumericLessThanEquals": (.number { $0 <= $1 }, false),
        "NumericGreaterThan": (.number { $0 > $1 }, false), "NumericGreaterThanEquals": (.number { $0 >= $1 }, false),
        "DateEquals": (.time { $0 == $1 }, false), "DateNotEquals": (.time { $0 == $1 }, true),
        "DateLessThan": (.time { $0 < $1 }, false), "DateLessThanEquals": (.time { $0 <= $1 }, false),
        "DateGreaterThan": (.time { $0 > $1 }, false), "DateGreaterThanEquals": (.time { $0 >= $1 }, false),
    ]

    /// - Parameters:
    ///   - name: that of the operator, with `ForAllValues:` or `ForAnyValue:` before and `IfExists` behind it.
    ///   - variables: whether the document has policy variables.
    init(_ name: String, _ keyName: String, _ values: [String], variables: Bool) throws(PolicyError) {
        var rest = name[...]
        if rest.hasPrefix("ForAllValues:") {
            quantifier = .all
        } else {
            quantifier = rest.hasPrefix("ForAnyValue:") ? .any : .one
        }
        if quantifier != .one { rest = rest[rest.index(after: rest.firstIndex(of: ":") ?? rest.startIndex)...] }
        ifExists = rest.hasSuffix("IfExists")
        if ifExists { rest = rest.dropLast("IfExists".count) }
        guard let (comparison, isNegated) = Self.operators[String(rest)] else {
            throw PolicyError("the operator \(name) is not known here")
        }
        guard let key = PolicyKey(keyName) else { throw PolicyError("the key \(keyName) is not known here") }
        self.key = key
        self.comparison = comparison
        self.isNegated = isNegated
        if case .missing = comparison, quantifier != .one || ifExists {
            throw PolicyError("Null takes neither ForAllValues:, ForAnyValue: nor IfExists")
        }
        if key.isMultivalued, quantifier == .one, !comparison.isMissing {
            throw PolicyError("\(keyName) has several values: \(name) needs ForAllValues: or ForAnyValue: before it")
        }
        guard comparison.suits(key, arn: rest.hasPrefix("Arn")) else {
            throw PolicyError("\(name) cannot compare \(keyName)")
        }
        guard !values.isEmpty else { throw PolicyError("\(name) of \(keyName) has no value") }
        var operands: [Operand] = []
        for value in values { operands.append(try comparison.operand(value, variables: variables)) }
        self.operands = operands
    }

    func isMet(_ question: PolicyQuestion) -> Bool {
        let found = question.values(of: key)
        if case .missing = comparison {
            let isMissing = found == nil || found == .listed([])
            return operands.contains { if case .truth(isMissing) = $0 { true } else { false } }
        }
        switch (quantifier, found) {
        case (.one, nil): return ifExists || isNegated
        case (.all, nil): return true
        case (.any, nil): return ifExists
        case (.one, .listed(let values)?): return values.allSatisfy { matches($0, question) != isNegated }
        case (.all, .listed(let values)?): return values.allSatisfy { matches($0, question) != isNegated }
        case (.any, .listed(let values)?): return values.contains { matches($0, question) != isNegated }
        // Of all texts that there are: whether each does, or one.
        case (.one, .all?), (.all, .all?): return !isNegated && coversAll
        case (.any, .all?): return !isNegated || !coversAll
        }
    }

    private var coversAll: Bool {
        guard case .pattern = comparison else { return false }
        return operands.contains { if case .pattern(let pattern) = $0 { pattern.matchesAll } else { false } }
    }

    private func matches(_ value: String, _ question: PolicyQuestion) -> Bool {
        operands.contains { operand in
            switch (comparison, operand) {
            case (.text(let ignoresCase), .pattern(let pattern)):
                pattern.matches(value, ignoringCase: ignoresCase, question.value)
            case (.pattern, .pattern(let pattern)): pattern.matches(value, question.value)
            case (.truth, .truth(let flag)): (value == "true") == flag
            case (.address, .network(let range)): range.contains(value)
            case (.number(let compare), .number(let number)), (.time(let compare), .number(let number)):
                Double(value).map { compare($0, number) } ?? false
            default: false
            }
        }
    }
}

extension PolicyCondition.Comparison {
    fileprivate var isMissing: Bool { if case .missing = self { true } else { false } }

    /// Whether a key has values that can be compared so.
    fileprivate func suits(_ key: PolicyKey, arn: Bool) -> Bool {
        switch self {
        case .missing: true
        case .text: key.kind != .time && key.kind != .address
        case .pattern: arn ? key.kind == .arn : key.kind != .time && key.kind != .address
        case .truth: key.kind == .truth
        case .address: key.kind == .address
        case .number: key == .epochTime
        case .time: key.kind == .time
        }
    }

    fileprivate func operand(_ text: String, variables: Bool) throws(PolicyError) -> PolicyCondition.Operand {
        switch self {
        case .text: return .pattern(try PolicyPattern(text, wildcards: false, variables: variables))
        case .pattern: return .pattern(try PolicyPattern(text, wildcards: true, variables: variables))
        case .truth, .missing:
            guard let flag = Bool(text.lowercased()) else { throw PolicyError("\"\(text)\" is neither true nor false") }
            return .truth(flag)
        case .address: return .network(try AddressRange(text))
        case .number:
            guard let number = Double(text), number.isFinite else { throw PolicyError("\"\(text)\" is no number") }
            return .number(number)
        case .time:
            guard let seconds = Self.seconds(text) else {
                throw PolicyError("\"\(text)\" is no time such as 2026-01-31T00:00:00Z")
            }
            return .number(seconds)
        }
    }

    /// A time of ISO 8601, a date, or seconds since 1970.
    private static func seconds(_ text: String) -> Double? {
        if let number = Double(text), number.isFinite { return number }
        let styles = [
            Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true),
            Date.ISO8601FormatStyle().year().month().day(),
        ]
        for style in styles { if let date = try? Date(text, strategy: style) { return date.timeIntervalSince1970 } }
        return nil
    }
}

/// Addresses that begin with the same bits: `10.0.0.0/8`, `2001:db8::/32`, or one.
struct AddressRange: Sendable, Hashable {
    private let bytes: [UInt8]
    private let bits: Int

    init(_ text: String) throws(PolicyError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let bytes = Self.bytes(String(parts[0])),
            let bits = parts.count == 1 ? bytes.count * 8 : Int(parts[1]), (0...bytes.count * 8).contains(bits)
        else { throw PolicyError("\"\(text)\" is no range of addresses such as 10.0.0.0/8") }
        self.bytes = bytes
        self.bits = bits
    }

    func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(address), other.count == bytes.count else { return false }
        return (0..<bits).allSatisfy { bit in
            (bytes[bit / 8] ^ other[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
        }
    }

    /// Four bytes, or sixteen. An address of version 4 that is written as one of version 6 is the same.
    private static func bytes(_ text: String) -> [UInt8]? {
        var four = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &four) == 1 { return four }
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        return bytes.starts(with: mapped) ? Array(bytes.dropFirst(12)) : bytes
    }
}
