internal import DynamoDB

/// Following of document paths through an item in its stored form.
extension StoredItem {
    /// The value at a path; nil if there is none.
    func value(at path: DocumentPath) throws(StoredDataError) -> AttributeValue? {
        guard var input = try input(at: path) else { return nil }
        return try input.value()
    }

    /// The type of the value at a path; nil if there is none.
    func type(at path: DocumentPath) throws(StoredDataError) -> AttributeType? {
        guard var input = try input(at: path) else { return nil }
        return try input.tag().type
    }

    private func input(at path: DocumentPath) throws(StoredDataError) -> ByteInput? {
        guard var input = try input(atValueOf: path.attribute) else { return nil }
        for step in path.steps {
            switch (step, try input.tag()) {
            case (.member(let name), .map):
                input = try input.container()
                let count = try input.elementCount()
                guard try input.seek(attribute: name.text, among: count) else { return nil }
            case (.element(let index), .list):
                input = try input.container()
                guard index < (try input.elementCount()) else { return nil }
                for _ in 0..<index { try input.skipValue() }
            default:
                return nil
            }
        }
        return input
    }
}

extension ItemFormat.Tag {
    var type: AttributeType {
        switch self {
        case .string: .string
        case .number: .number
        case .binary: .binary
        case .false, .true: .bool
        case .null: .null
        case .list: .list
        case .map: .map
        case .stringSet: .stringSet
        case .numberSet: .numberSet
        case .binarySet: .binarySet
        }
    }
}
