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
    /// The length of each element of a list of texts.
    var elements: ClosedRange<Int>?
    /// Whether it is the name of a table or its ARN.
    var isReference = false

    /// The length of a text in characters.
    package static func length(_ minimum: Int?, _ maximum: Int?, _ pattern: Pattern? = nil) -> MemberConstraint {
        MemberConstraint(minimum: minimum ?? 0, maximum: maximum ?? .max, noun: "length", pattern: pattern)
    }

    /// A table's name, or its ARN.
    package static let tableReference = MemberConstraint(
        minimum: 1, maximum: 1024, noun: "length", pattern: nil, isReference: true)
    /// The name of a table, an index or a backup.
    package static let name = MemberConstraint.length(3, 255, .name)

    /// The number of a list's or map's elements, and the length of each where they are texts.
    package static func count(_ minimum: Int?, _ maximum: Int?, of elements: ClosedRange<Int>? = nil)
        -> MemberConstraint
    {
        MemberConstraint(
            minimum: minimum ?? 0, maximum: maximum ?? .max, noun: "length", pattern: nil, elements: elements)
    }

    /// A number.
    package static func value(_ minimum: Int?, _ maximum: Int?) -> MemberConstraint {
        MemberConstraint(minimum: minimum ?? .min, maximum: maximum ?? .max, noun: "value", pattern: nil)
    }

    /// Whether a value breaks nothing of it.
    package func isMet(by value: some Constrained) -> Bool {
        if isReference, value.isReference, value.measure <= maximum { return true }
        let measure = value.measure
        return measure >= minimum && measure <= maximum && pattern.map(value.matches) != false
            && elements.map(value.holds) != false && (!isReference || value.isReference)
    }

    /// Refuses a value that breaks it, as the older front does.
    package func check(_ value: some Constrained, at place: String) throws(DynamoDBError) {
        if !isMet(by: value) { throw .violating(violations(by: value, at: place), front: .older) }
    }

    /// What of it a value breaks, in AWS's order.
    package func violations(by value: some Constrained, at place: String) -> [ConstraintViolation] {
        if isReference, value.measure > 0, !value.isReference {
            // That a name is none, both fronts tell alike.
            return Self.name.broken(by: value).map {
                ConstraintViolation(.olderBound($0), value: value.quoted, at: place)
            }
        }
        return broken(by: value).map { ConstraintViolation(.bound($0), value: value.quoted, at: place) }
    }

    private func broken(by value: some Constrained) -> [String] {
        var broken: [String] = []
        if let pattern, !value.matches(pattern) {
            broken.append("Member must satisfy regular expression pattern: \(pattern.rawValue)")
        }
        let measure = value.measure
        if measure < minimum { broken.append("Member must have \(noun) greater than or equal to \(minimum)") }
        if measure > maximum { broken.append("Member must have \(noun) less than or equal to \(maximum)") }
        if let elements, !value.holds(elements) {
            broken.append(
                "Member must satisfy constraint: [Member must have length less than or equal to "
                    + "\(elements.upperBound), Member must have length greater than or equal to \(elements.lowerBound)]"
            )
        }
        return broken
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
    /// Whether it may name a table: as its ARN, or by a name that a table can have.
    var isReference: Bool { get }
    /// Whether its elements, if they are texts, have lengths in a range.
    func holds(_ lengths: ClosedRange<Int>) -> Bool
}

extension Constrained {
    package func matches(_ pattern: MemberConstraint.Pattern) -> Bool { true }
    package func holds(_ lengths: ClosedRange<Int>) -> Bool { true }
    package var isReference: Bool { true }
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
        case .name: isName
        }
    }

    private var isName: Bool {
        for byte in utf8 where !byte.isNameByte { return false }
        return !isEmpty
    }

    package var isReference: Bool {
        (3...255).contains(utf8.count) && isName || utf8.starts(with: "arn:".utf8)
    }
}

extension Array: Constrained {
    package var measure: Int { count }

    package func holds(_ lengths: ClosedRange<Int>) -> Bool {
        (self as? [String])?.allSatisfy { lengths.contains($0.measure) } ?? true
    }

    /// The elements as AWS prints them; of those that it prints at length, how many there are.
    package var quoted: String {
        let texts = compactMap { ($0 as? any Echoed)?.echo }
        return texts.count == count ? "'[\(texts.joined(separator: ", "))]'" : "'[\(count) members]'"
    }
}

/// A value that AWS's errors print as it does.
protocol Echoed {
    /// The value as AWS prints it.
    var echo: String { get }
}

extension String: Echoed {
    var echo: String { self }
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
