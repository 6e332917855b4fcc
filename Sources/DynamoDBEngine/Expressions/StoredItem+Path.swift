import DynamoDB

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

/// Decoding of only the projected parts of an item.
extension StoredItem {
    /// The item, or what the projection wants of it.
    func item(_ projection: ItemProjection?) throws(StoredDataError) -> Item {
        guard let projection else { return try item() }
        var input = ByteInput(bytes)
        _ = try input.take(ItemFormat.headerLength)
        let count = try input.varint()
        return try input.attributes(count, of: projection.attributes)
    }
}

extension ByteInput {
    fileprivate mutating func attributes(
        _ count: Int, of parts: AttributeMap<ItemProjection.Part>
    ) throws(StoredDataError) -> Item {
        var item: Item = [:]
        for _ in 0..<count {
            let name = try countedString()
            if let part = parts[name] {
                item[name] = try value(part)
            } else {
                try skipValue()
            }
        }
        return item
    }

    /// The part of the value that begins here; nil where the value has none of it. Moves past the value.
    private mutating func value(_ part: ItemProjection.Part) throws(StoredDataError) -> AttributeValue? {
        if case .end = part { return try value() }
        var ahead = self
        try skipValue()
        switch (part, try ahead.tag()) {
        case (.members(let parts), .map):
            var contents = try ahead.container()
            let count = try contents.elementCount()
            let members = try contents.attributes(count, of: parts)
            return members.isEmpty ? nil : .map(members)
        case (.elements(let parts), .list):
            var contents = try ahead.container()
            var elements: [AttributeValue] = []
            for index in 0..<(try contents.elementCount()) {
                if let part = parts[index] {
                    if let element = try contents.value(part) { elements.append(element) }
                } else {
                    try contents.skipValue()
                }
            }
            return elements.isEmpty ? nil : .list(elements)
        default:
            return nil
        }
    }
}
