internal import DynamoDB

/// The place of a value in an item: an attribute, and from there members of maps and elements of lists.
struct DocumentPath: Hashable, Sendable, CustomStringConvertible {
    enum Step: Hashable, Sendable {
        case member(ExactString)
        case element(Int)
    }

    private let name: ExactString
    /// The way from there; empty for the attribute itself.
    let steps: [Step]

    init(_ attribute: String, _ steps: [Step] = []) {
        name = ExactString(attribute)
        self.steps = steps
    }

    /// The top-level attribute.
    var attribute: String { name.text }

    /// In the form of AWS's messages: `[a, b, [0]]`.
    var description: String {
        let parts = steps.map { step in
            switch step {
            case .member(let name): name.text
            case .element(let index): "[\(index)]"
            }
        }
        return "[\(([attribute] + parts).joined(separator: ", "))]"
    }

    /// Whether both lead into one attribute.
    func startsAtAttribute(of other: DocumentPath) -> Bool { name == other.name }

    /// Whether one path is the other, or leads to a part of it.
    func overlaps(_ other: DocumentPath) -> Bool {
        name == other.name && zip(steps, other.steps).allSatisfy { $0 == $1 }
    }
}

extension Item {
    /// The value at a path; nil if there is none.
    func value(at path: DocumentPath) -> AttributeValue? {
        var value = self[path.attribute]
        for step in path.steps {
            switch (step, value) {
            case (.member(let name), .map(let members)): value = members[name.text]
            case (.element(let index), .list(let elements)): value = index < elements.count ? elements[index] : nil
            default: return nil
            }
        }
        return value
    }
}
