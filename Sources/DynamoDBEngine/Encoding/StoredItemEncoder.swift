internal import DynamoDB

/// Writes items in the form of ``ItemFormat``, and accounts for their size as AWS does.
struct StoredItemEncoder {
    private var bytes: [UInt8] = []
    private var size = 0

    /// Encodes a whole item, its attributes in ``AttributeOrder``.
    ///
    /// - Throws: `ValidationException` for an empty set or nesting beyond ``Limits/nestingDepth``.
    static func encode(_ item: Item) throws(DynamoDBError) -> EncodedItem {
        var encoder = StoredItemEncoder(count: item.count, capacity: 64 + item.count * 40)
        for place in AttributeOrder.places(in: item) { try encoder.append(item[place.index]) }
        return encoder.finish()
    }

    /// Encodes those of the named attributes that the item has, in the order of the names.
    static func encode(_ item: Item, only names: [String]) throws(DynamoDBError) -> EncodedItem {
        var encoder = StoredItemEncoder(
            count: names.count { item[$0] != nil }, capacity: 64 + names.count * 40)
        for name in names {
            if let value = item[name] { try encoder.append((name, value)) }
        }
        return encoder.finish()
    }

    /// - Parameters:
    ///   - count: of the attributes that are going to be appended or copied.
    ///   - capacity: bytes.
    ///   - size: of the attributes that are going to be copied, by AWS's accounting.
    init(count: Int, capacity: Int, size: Int = 0) {
        bytes.reserveCapacity(capacity)
        bytes.append(ItemFormat.version)
        bytes.append(contentsOf: [0, 0, 0, 0])
        bytes.append(varint: count)
        self.size = size
    }

    consuming func finish() -> EncodedItem {
        patch(at: 1, with: size)
        return EncodedItem(bytes: bytes, size: size)
    }

    mutating func append(_ attribute: Item.Element) throws(DynamoDBError) {
        try checkAttributeName(attribute.key)
        append(text: attribute.key)
        try append(attribute.value, depth: 0)
    }

    /// Appends attributes that are encoded.
    mutating func copy(_ attributes: Slice<UnsafeRawBufferPointer>) {
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: attributes))
    }

    private mutating func append(text: String) {
        let before = bytes.count
        bytes.append(counted: text)
        size += bytes.count - before - varintLength(text.utf8.count)
    }

    /// - Parameter depth: how many lists and maps the value is in.
    private mutating func append(_ value: AttributeValue, depth: Int) throws(DynamoDBError) {
        guard depth < Limits.nestingDepth else {
            throw .validation(
                "Nesting Levels have exceeded supported limits: "
                    + "Attributes in the item have nested levels beyond supported limit")
        }
        switch value {
        case .string(let string):
            append(tag: .string)
            append(text: string)
        case .number(let number):
            append(tag: .number)
            append(number)
        case .binary(let binary):
            append(tag: .binary)
            append(binary)
        case .bool(let bool):
            append(tag: bool ? .true : .false)
            size += 1
        case .null:
            append(tag: .null)
            size += 1
        case .list(let values):
            try append(.list, count: values.count, depth: depth) { encoder throws(DynamoDBError) in
                for value in values { try encoder.append(value, depth: depth + 1) }
            }
        case .map(let entries):
            try append(.map, count: entries.count, depth: depth) { encoder throws(DynamoDBError) in
                for (name, value) in entries {
                    // Unlike an attribute's, the name of a map's member may be empty.
                    if !name.isEmpty { try checkAttributeName(name) }
                    encoder.append(text: name)
                    try encoder.append(value, depth: depth + 1)
                }
            }
        case .stringSet(let members):
            try append(.stringSet, of: members) { encoder, member in encoder.append(text: member) }
        case .numberSet(let members):
            try append(.numberSet, of: members) { encoder, member in encoder.append(member) }
        case .binarySet(let members):
            try append(.binarySet, of: members) { encoder, member in encoder.append(member) }
        }
    }

    private mutating func append(_ number: DecimalNumber) {
        let lengthOffset = bytes.count
        bytes.append(0)
        number.appendOrdered(to: &bytes)
        let length = bytes.count - lengthOffset - 1
        bytes[lengthOffset] = UInt8(length)
        size += number.isZero ? 1 : length - (number.isNegative ? 0 : 1)
    }

    private mutating func append(_ binary: [UInt8]) {
        bytes.append(counted: binary)
        size += binary.count
    }

    private mutating func append(
        _ tag: ItemFormat.Tag, count: Int, depth: Int, contents: (inout StoredItemEncoder) throws(DynamoDBError) -> Void
    ) throws(DynamoDBError) {
        // AWS accounts three bytes for a list or map and one for each of its elements.
        size += 3 + count
        let lengthOffset = beginContainer(tag, count: count)
        try contents(&self)
        patch(at: lengthOffset, with: bytes.count - lengthOffset - 4)
    }

    private mutating func append<Member>(
        _ tag: ItemFormat.Tag, of members: some Collection<Member>, member: (inout StoredItemEncoder, Member) -> Void
    ) throws(DynamoDBError) {
        guard !members.isEmpty else {
            throw .validation("One or more parameter values were invalid: An \(tag.setName) may not be empty")
        }
        let lengthOffset = beginContainer(tag, count: members.count)
        for element in members { member(&self, element) }
        patch(at: lengthOffset, with: bytes.count - lengthOffset - 4)
    }

    private mutating func beginContainer(_ tag: ItemFormat.Tag, count: Int) -> Int {
        append(tag: tag)
        let lengthOffset = bytes.count
        bytes.append(contentsOf: [0, 0, 0, 0])
        bytes.append(varint: count)
        return lengthOffset
    }

    private mutating func append(tag: ItemFormat.Tag) {
        bytes.append(tag.rawValue)
    }

    private mutating func patch(at offset: Int, with value: Int) {
        for byte in 0..<4 { bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
    }
}

/// An item ready to be stored.
struct EncodedItem {
    /// The form of ``ItemFormat``.
    let bytes: [UInt8]
    /// Bytes by AWS's accounting.
    let size: Int
}

extension ItemFormat.Tag {
    fileprivate var setName: String {
        switch self {
        case .stringSet: "string set "
        case .numberSet: "number set "
        default: "binary set "
        }
    }
}

private func varintLength(_ value: Int) -> Int {
    value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : 4
}
