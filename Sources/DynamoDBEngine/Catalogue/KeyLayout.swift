internal import DynamoDB

/// A key attribute: its name and type.
struct KeyAttribute: Equatable, Sendable {
    let name: String
    let type: ScalarAttributeType
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
        partition.contains { $0.name == name } || sort.contains { $0.name == name }
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
