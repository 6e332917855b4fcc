internal import DynamoDB

extension AttributeValue {
    /// Whether this value sorts before the other; false for values of different or unordered types.
    func precedes(_ other: AttributeValue) -> Bool {
        switch (self, other) {
        case (.string(let one), .string(let two)): one.utf8.lexicographicallyPrecedes(two.utf8)
        case (.number(let one), .number(let two)): one < two
        case (.binary(let one), .binary(let two)): one.lexicographicallyPrecedes(two)
        default: false
        }
    }

    /// In the form of AWS's messages: `AttributeValue: {S:abc}`.
    var inMessage: String {
        switch self {
        case .string(let string): "AttributeValue: {S:\(string)}"
        case .number(let number): "AttributeValue: {N:\(number)}"
        default: "AttributeValue: {\(type.rawValue)}"
        }
    }
}
