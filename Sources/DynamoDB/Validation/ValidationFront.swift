/// How AWS checks a request before it looks at tables: since June 2026 some operations have a newer front than others, and
/// each words the same fault in its own way.
///
/// Which operation has which front in ap-northeast-1 is a table in scripts/generate-api.
/// Source: AWS's answers in 33 regions, in paritysuite/dynamodb-conformance.
package enum ValidationFront: Sendable {
    /// Quotes the value at fault, tells all faults at once, and introduces those of placeholders.
    case older
    /// As `older`, but says in words of its own that a table's name is missing.
    case tables
    /// Names the member without its value, and tells the first fault alone.
    case current
    /// As `current`, and every message begins as those of constraints do.
    case enveloped
    /// As `enveloped`, and an unknown name that it words anew is told alone.
    case envelopedAlone

    /// Whether values are worded as the newer front does.
    package var isCurrent: Bool { self == .current || isEnveloped }
    /// Whether every message begins as those of constraints do.
    package var isEnveloped: Bool { self == .enveloped || self == .envelopedAlone }
}

extension DynamoDBError {
    /// The error as a front tells it that puts its faults into an envelope.
    package func told(by front: ValidationFront) -> DynamoDBError {
        guard front.isEnveloped, code == .validationException, !message.contains(Self.envelope) else { return self }
        return .detected([message])
    }

    private static var envelope: String { " detected: " }

    /// The message about broken constraints.
    fileprivate static func detected(_ texts: [String]) -> DynamoDBError {
        let count = texts.count == 1 ? "1 validation error" : "\(texts.count) validation errors"
        return .validation(count + envelope + texts.joined(separator: "; "))
    }
}

/// A constraint of the API's model that a request breaks. Every such message is made here.
package struct ConstraintViolation: Sendable {
    /// What is broken.
    package enum Kind: Sendable {
        /// A required member is not there.
        case missing
        /// A name is none of an enumeration's; the names in AWS's order.
        case enumeration(names: String)
        /// A length, a number or a name is outside its bounds.
        case bound(String)
        /// The same, where the newer front leaves it to the older one.
        case olderBound(String)
    }

    /// What is broken.
    package let kind: Kind
    /// The value at fault, in quotation marks where AWS puts them.
    package let value: String
    /// The member's place, with names as in the request: `RequestItems.Music.member.Keys`.
    package private(set) var place: String
    /// The same as the older front writes it: `requestItems.Music.member.keys`.
    private var path: String

    /// Makes a violation.
    ///
    /// - Parameters:
    ///   - kind: What is broken.
    ///   - value: The value at fault; nil for one that is missing.
    ///   - place: The member's place, with names as in the request.
    package init(_ kind: Kind, value: String?, at place: String = "") {
        self.kind = kind
        self.value = value ?? "null"
        self.place = place
        path = Self.lowered(place)
    }

    /// Keys of a map that are to be names of tables, and are not.
    ///
    /// - Parameter echo: The whole map as AWS prints it.
    package static func tableNames(at place: String, echo: String) -> ConstraintViolation {
        let bound =
            "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have "
            + "length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]"
        return ConstraintViolation(.olderBound(bound), value: "'\(echo)'", at: place)
    }

    /// Puts a member's name before the place.
    package mutating func prepend(member: String) {
        prepend(step: member, lowered: Self.lowered(member))
    }

    /// Puts a step that is no member's name before the place: `1.member`.
    package mutating func prepend(step: String) {
        prepend(step: step, lowered: step)
    }

    private mutating func prepend(step: String, lowered: String) {
        place = place.isEmpty ? step : "\(step).\(place)"
        path = path.isEmpty ? lowered : "\(lowered).\(path)"
    }

    /// The names of members, with small first letters.
    private static func lowered(_ place: String) -> String {
        place.split(separator: ".").map { $0.prefix(1).lowercased() + $0.dropFirst() }.joined(separator: ".")
    }

    private var requirement: String {
        switch kind {
        case .missing: "Member must not be null"
        case .enumeration(let names): "Member must satisfy enum value set: [\(names)]"
        case .bound(let bound), .olderBound(let bound): bound
        }
    }

    /// Whether the request names no table.
    fileprivate var isMissingName: Bool {
        if case .missing = kind { place == "TableName" } else { false }
    }

    /// As the older front tells it, without what introduces the message.
    fileprivate var olderText: String { "Value \(value) at '\(path)' failed to satisfy constraint: \(requirement)" }

    /// As the newer front tells it; nil for what it leaves to the older one.
    fileprivate var currentText: String? {
        switch (kind, place) {
        case (.bound(let bound), _): "Value at '\(place)' failed to satisfy constraint: \(bound)"
        case (.enumeration, "ReturnValues"):
            // AWS's own misspelling of UPDATED_NEW.
            "Failed to satisfy constraint: Member must satisfy enum value set: "
                + "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"
        case (.enumeration, "ConditionalOperator"):
            "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"
        default: nil
        }
    }
}

extension DynamoDBError {
    /// A request breaks constraints of the model.
    ///
    /// - Parameters:
    ///   - violations: At least one, in the order in which AWS tells them.
    ///   - front: What tells them.
    package static func violating(_ violations: [ConstraintViolation], front: ValidationFront) -> DynamoDBError {
        if front == .tables, violations.contains(where: \.isMissingName) {
            return .validation("The parameter 'TableName' is required but was not present in the request")
        }
        let texts = violations.map(\.olderText)
        // What is not all there is left to the older front, whatever else is wrong.
        let isWhole = violations.allSatisfy { if case .missing = $0.kind { false } else { true } }
        guard front.isCurrent, isWhole else { return .detected(texts) }
        if let bound = violations.first(where: { if case .bound = $0.kind { true } else { false } }) {
            return .detected([bound.currentText ?? bound.olderText])
        }
        switch (front, violations.lazy.compactMap(\.currentText).first) {
        case (.current, let text?): return .validation(text)
        case (.envelopedAlone, let text?): return .detected([text])
        default: return .detected(violations.map { $0.currentText ?? $0.olderText })
        }
    }
}
