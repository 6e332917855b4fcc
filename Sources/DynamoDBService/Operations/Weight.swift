internal import DynamoDB

/// Looks whether values are so large that their JSON takes long to make.
///
/// The look itself ends as soon as it is sure, so that it costs little whatever the values are.
struct Weight {
    /// What an event loop may do between two looks at its connections: some 0.2 ms of JSON.
    static let ofLongWork = 64 << 10

    /// Bytes that are still missing.
    private var rest = Weight.ofLongWork

    var isReached: Bool { rest <= 0 }

    mutating func add(_ items: some Sequence<Item>) {
        for item in items where !isReached { add(item) }
    }

    mutating func add(_ item: Item?) {
        guard let item else { return }
        for (name, value) in item {
            if isReached { return }
            rest -= name.utf8.count
            add(value)
        }
    }

    private mutating func add(_ value: AttributeValue) {
        rest -= 16
        switch value {
        case .bool, .null, .number: break
        case .string(let text): rest -= text.utf8.count
        case .binary(let bytes): rest -= bytes.count
        case .list(let values):
            for value in values where !isReached { add(value) }
        case .map(let map): add(map)
        case .stringSet(let set): for text in set where !isReached { rest -= 8 + text.utf8.count }
        case .numberSet(let set): rest -= set.count * 16
        case .binarySet(let set): for bytes in set where !isReached { rest -= 8 + bytes.count }
        }
    }
}

/// The result of an operation that may hold many or large items.
protocol ItemCarrier {
    func addItems(to weight: inout Weight)
}

extension ItemCarrier {
    var isLarge: Bool {
        var weight = Weight()
        addItems(to: &weight)
        return weight.isReached
    }
}

extension PutItemOutput: ItemCarrier {
    func addItems(to weight: inout Weight) { weight.add(attributes) }
}

extension UpdateItemOutput: ItemCarrier {
    func addItems(to weight: inout Weight) { weight.add(attributes) }
}

extension DeleteItemOutput: ItemCarrier {
    func addItems(to weight: inout Weight) { weight.add(attributes) }
}

extension SearchVectorsOutput: ItemCarrier {
    func addItems(to weight: inout Weight) { weight.add((searchResults ?? []).lazy.compactMap(\.item)) }
}

extension BatchGetItemOutput: ItemCarrier {
    func addItems(to weight: inout Weight) { for items in responses.values { weight.add(items) } }
}

extension TransactGetItemsOutput: ItemCarrier {
    func addItems(to weight: inout Weight) { weight.add(responses.lazy.compactMap(\.item)) }
}

extension ExecuteStatementOutput: ItemCarrier {
    func addItems(to weight: inout Weight) { weight.add(items ?? []) }
}

extension BatchExecuteStatementOutput: ItemCarrier {
    func addItems(to weight: inout Weight) { weight.add((responses ?? []).lazy.compactMap(\.item)) }
}

extension ExecuteTransactionOutput: ItemCarrier {
    func addItems(to weight: inout Weight) { weight.add((responses ?? []).lazy.compactMap(\.item)) }
}

extension GetRecordsOutput: ItemCarrier {
    func addItems(to weight: inout Weight) {
        for record in records ?? [] {
            weight.add(record.dynamodb?.oldImage)
            weight.add(record.dynamodb?.newImage)
        }
    }
}
