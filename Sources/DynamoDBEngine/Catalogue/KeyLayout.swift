internal import DynamoDB

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
