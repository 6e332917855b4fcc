internal import DynamoDB

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
