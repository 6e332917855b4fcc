import DynamoDB

/// A key attribute: its name and type.
struct KeyAttribute: Equatable, Sendable {
    private let exactName: ExactString
    let type: ScalarAttributeType

    init(name: String, type: ScalarAttributeType) {
        exactName = ExactString(name)
        self.type = type
    }

    var name: String { exactName.text }

    func isNamed(_ name: String) -> Bool { exactName == ExactString(name) }
}

/// The key attributes of a table or an index, partition first.
///
/// A table has one of each at most; a global secondary index may have up to four of each.
struct KeyLayout: Equatable, Sendable {
    let partition: [KeyAttribute]
    let sort: [KeyAttribute]

    let all: [KeyAttribute]

    init(partition: [KeyAttribute], sort: [KeyAttribute]) {
        self.partition = partition
        self.sort = sort
        all = partition + sort
    }

    func contains(_ name: String) -> Bool {
        all.contains { $0.isNamed(name) }
    }
}

extension ScalarAttributeType {
    /// Whether the value is of this type.
    func matches(_ value: AttributeValue) -> Bool {
        switch (self, value) {
        case (.string, .string), (.number, .number), (.binary, .binary): true
        default: false
        }
    }
}

/// Checks of key attributes, in AWS's words, and the storage keys made of them.
extension Table {
    /// The storage key of an item about to be put.
    func storageKey(ofItem item: Item, from origin: ItemOrigin) throws(DynamoDBError) -> [UInt8] {
        var values: [AttributeValue] = []
        values.reserveCapacity(key.all.count)
        for attribute in key.all {
            let value = item[attribute.name]
            if origin == .batch, value.map(attribute.type.matches) != true { throw Table.schemaMismatch }
            guard let value else {
                throw .validation(
                    "One or more parameter values were invalid: Missing the key \(attribute.name) in the item")
            }
            guard attribute.type.matches(value) else {
                throw .validation(
                    "One or more parameter values were invalid: Type mismatch for key \(attribute.name) "
                        + "expected: \(attribute.type.rawValue) actual: \(value.type.rawValue)")
            }
            values.append(value)
        }
        return try storageKey(of: values)
    }

    /// The storage key for a primary key given in a request: exactly the key attributes, each of its type.
    func storageKey(ofKey given: Item) throws(DynamoDBError) -> [UInt8] {
        guard given.count == key.all.count else { throw Table.schemaMismatch }
        var values: [AttributeValue] = []
        values.reserveCapacity(key.all.count)
        for attribute in key.all {
            guard let value = given[attribute.name], attribute.type.matches(value) else { throw Table.schemaMismatch }
            values.append(value)
        }
        return try storageKey(of: values)
    }

    static let schemaMismatch = DynamoDBError.validation("The provided key element does not match the schema")

    /// Refuses an empty string or binary as a key attribute.
    func refuseEmptyKey(in item: Item) throws(DynamoDBError) {
        for attribute in key.all { try item[attribute.name]?.refuseEmpty(as: attribute) }
    }

    /// - Parameter values: those of the key attributes, each of its type.
    private func storageKey(of values: [AttributeValue]) throws(DynamoDBError) -> [UInt8] {
        for position in values.indices { try values[position].refuseEmpty(as: key.all[position]) }
        let partitionCount = key.partition.count
        for value in values[..<partitionCount] where value.keySize > Limits.partitionKeySize {
            throw .validation(
                "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit "
                    + "of\(Limits.partitionKeySize) bytes")
        }
        var storageKey = ItemKey(id: id, partition: values[..<partitionCount])
        for value in values[partitionCount...] {
            guard value.keySize <= Limits.sortKeySize else {
                throw .validation(
                    "One or more parameter values were invalid: Aggregated size of all range keys has exceeded "
                        + "the size limit of \(Limits.sortKeySize) bytes")
            }
            storageKey.append(value)
        }
        return storageKey.bytes
    }
}

extension AttributeValue {
    func refuseEmpty(as attribute: KeyAttribute) throws(DynamoDBError) {
        guard let kind = emptyKind else { return }
        throw .validation(
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                + "empty \(kind) value. Key: \(attribute.name)")
    }

    /// "string" or "binary" for an empty one.
    var emptyKind: String? {
        switch self {
        case .string(let string): string.isEmpty ? "string" : nil
        case .binary(let bytes): bytes.isEmpty ? "binary" : nil
        default: nil
        }
    }

    /// Bytes that count against the limits of keys.
    var keySize: Int {
        switch self {
        case .string(let string): string.utf8.count
        case .binary(let bytes): bytes.count
        case .number(let number): number.sizeInBytes
        default: 0
        }
    }
}
