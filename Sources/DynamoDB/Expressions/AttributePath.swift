/// Where a value is in an item: an attribute, or a place inside its maps and lists.
///
/// Every name is taken as it is: reserved words, dots and blanks mean nothing.
/// ```swift
/// "status"                                 // an attribute
/// .at("order", "lines", 0, "unit.price")   // the member "unit.price" of the first of the order's lines
/// ```
///
/// Source: AWS, "Referring to item attributes when using expressions" in the Amazon DynamoDB developer guide.
public struct AttributePath: Sendable, Hashable, ExpressibleByStringLiteral {
    /// A step from a value into it: the name of a map's member, or the position of a list's element, from 0.
    public enum Step: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        /// The member of a map.
        case member(ExactString)
        /// The element of a list.
        case element(Int)

        /// The member of a name.
        public init(stringLiteral name: String) {
            self = .member(ExactString(name))
        }

        /// The element at a position, from 0.
        public init(integerLiteral index: Int) {
            self = .element(index)
        }
    }

    let name: ExactString
    let steps: [Step]

    /// The attribute of a name.
    public init(_ name: String) {
        self.name = ExactString(name)
        steps = []
    }

    /// The attribute of a name.
    public init(stringLiteral name: String) {
        self.init(name)
    }

    private init(name: String, steps: [Step]) {
        self.name = ExactString(name)
        self.steps = steps
    }

    /// A place inside the attribute of a name.
    public static func at(_ name: String, _ steps: Step...) -> AttributePath {
        AttributePath(name: name, steps: steps)
    }
}
