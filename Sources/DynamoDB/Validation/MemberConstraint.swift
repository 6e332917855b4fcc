/// What a member's value must satisfy, as AWS's model of the API has it.
package struct MemberConstraint: Sendable {
    /// What the characters of a text must be.
    package enum Pattern: String, Sendable {
        /// A name of a table, an index or a backup.
        case name = "[a-zA-Z0-9_.-]+"
    }

    let minimum: Int
    let maximum: Int
    let noun: StaticString
    let pattern: Pattern?

    /// The length of a text in characters, or the number of a list's or map's elements.
    package static func length(_ minimum: Int?, _ maximum: Int?, _ pattern: Pattern? = nil) -> MemberConstraint {
        MemberConstraint(minimum: minimum ?? 0, maximum: maximum ?? .max, noun: "length", pattern: pattern)
    }

    /// A number.
    package static func value(_ minimum: Int?, _ maximum: Int?) -> MemberConstraint {
        MemberConstraint(minimum: minimum ?? .min, maximum: maximum ?? .max, noun: "value", pattern: nil)
    }

    /// Whether a value breaks nothing of it.
    package func isMet(by value: some Constrained) -> Bool {
        let measure = value.measure
        return measure >= minimum && measure <= maximum && pattern.map(value.matches) != false
    }

    /// What of it a value breaks, in AWS's order.
    package func violations(by value: some Constrained, at place: String) -> [ConstraintViolation] {
        var broken: [String] = []
        if let pattern, !value.matches(pattern) {
            broken.append("Member must satisfy regular expression pattern: \(pattern.rawValue)")
        }
        let measure = value.measure
        if measure < minimum { broken.append("Member must have \(noun) greater than or equal to \(minimum)") }
        if measure > maximum { broken.append("Member must have \(noun) less than or equal to \(maximum)") }
        return broken.map { ConstraintViolation(.bound($0), value: value.quoted, at: place) }
    }
}

/// A value that a constraint can be put on.
package protocol Constrained {
    /// The length or the number that is compared.
    var measure: Int { get }
    /// The value as AWS quotes it, with quotation marks.
    var quoted: String { get }
    /// Whether its characters are those asked for.
    func matches(_ pattern: MemberConstraint.Pattern) -> Bool
}

extension Constrained {
    package func matches(_ pattern: MemberConstraint.Pattern) -> Bool { true }
}

extension Int: Constrained {
    package var measure: Int { self }
    package var quoted: String { "'\(self)'" }
}

extension String: Constrained {
    package var measure: Int { unicodeScalars.count }
    package var quoted: String { "'\(self)'" }

    package func matches(_ pattern: MemberConstraint.Pattern) -> Bool {
        switch pattern {
        case .name: !isEmpty && utf8.allSatisfy(\.isNameByte)
        }
    }
}

extension Array: Constrained {
    package var measure: Int { count }

    /// Texts as they are; of others, for which AWS prints its own objects, how many there are.
    package var quoted: String {
        if let texts = self as? [String] { return "'[\(texts.joined(separator: ", "))]'" }
        return isEmpty ? "'[]'" : "'[\(count) members]'"
    }
}

extension Dictionary: Constrained {
    package var measure: Int { count }
    package var quoted: String { isEmpty ? "'{}'" : "'{\(count) members}'" }
}

extension UInt8 {
    /// Whether the character may stand in the name of a table, an index or a backup.
    package var isNameByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
