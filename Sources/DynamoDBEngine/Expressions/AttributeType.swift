import DynamoDB

/// The type of an attribute's value, under the name it has in requests.
enum AttributeType: String, CaseIterable {
    case string = "S"
    case number = "N"
    case binary = "B"
    case bool = "BOOL"
    case null = "NULL"
    case list = "L"
    case map = "M"
    case stringSet = "SS"
    case numberSet = "NS"
    case binarySet = "BS"

    /// Whether values of the type have an order, for `<`, `BETWEEN` and sort keys.
    var isOrdered: Bool { self == .string || self == .number || self == .binary }

    var isSet: Bool { self == .stringSet || self == .numberSet || self == .binarySet }

    /// The name that some of AWS's messages use.
    var longName: String {
        switch self {
        case .string: "STRING"
        case .number: "NUMBER"
        case .binary: "BINARY"
        case .bool: "BOOL"
        case .null: "NULL"
        case .list: "LIST"
        case .map: "MAP"
        case .stringSet: "STRING_SET"
        case .numberSet: "NUMBER_SET"
        case .binarySet: "BINARY_SET"
        }
    }
}

extension AttributeValue {
    var type: AttributeType {
        switch self {
        case .string: .string
        case .number: .number
        case .binary: .binary
        case .bool: .bool
        case .null: .null
        case .list: .list
        case .map: .map
        case .stringSet: .stringSet
        case .numberSet: .numberSet
        case .binarySet: .binarySet
        }
    }
}

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
