internal import DynamoDB

/// Carrying out of updates.
extension ItemUpdate {
    /// The item after the update.
    ///
    /// - Parameters:
    ///   - old: the item before; nil if there is none.
    ///   - key: the item's primary key, from which a new item begins.
    /// - Returns: nil if there is no item and the update makes none.
    /// - Throws: `ValidationException` if the update does not fit the item.
    func apply(to old: Item?, key: Item) throws(DynamoDBError) -> Item? {
        if let old { return try apply(to: old) }
        // Where nothing is, anything can be removed, even parts of attributes.
        return createsItem ? try changed(key, reading: [:]) : nil
    }

    /// An item after the update, or what it makes of the attributes of ``names``.
    func apply(to old: Item) throws(DynamoDBError) -> Item { try changed(old, reading: old) }

    private func changed(_ item: Item, reading old: Item) throws(DynamoDBError) -> Item {
        var evaluator = UpdateEvaluator(
            item: old, misfit: origin == .legacyUpdate ? .legacyOperandType : .operandType)
        var item = item
        for (name, tree) in attributes {
            item[name] = try evaluator.value(after: tree, item[name])
        }
        return item
    }
}

/// Finds the values that an update gives.
struct UpdateEvaluator {
    /// The item as it was; without attributes if there was none.
    let item: Item
    /// What is thrown for a value of the wrong type.
    let misfit: DynamoDBError
    /// Bytes of what is set, all of which the new item holds. A short expression can set a large value many times over:
    /// it is given up before that costs more than an item may.
    private var setBytes = 0

    init(item: Item, misfit: DynamoDBError) {
        self.item = item
        self.misfit = misfit
    }

    /// What becomes of a value; nil if it is removed.
    mutating func value(after tree: PathTree<UpdateAction>, _ old: AttributeValue?) throws(DynamoDBError)
        -> AttributeValue?
    {
        switch (tree, old) {
        case (.end(let action), _):
            return try value(after: action, old)
        case (.members(let trees), .map(var members)):
            for (name, tree) in trees { members[name] = try value(after: tree, members[name]) }
            return .map(members)
        case (.elements(let trees), .list(let elements)):
            // Every index is one of the list before the update; whatever is set beyond its end is appended in order.
            var result: [AttributeValue] = []
            for (index, element) in elements.enumerated() {
                guard let tree = trees[index] else {
                    result.append(element)
                    continue
                }
                if let changed = try value(after: tree, element) { result.append(changed) }
            }
            for index in trees.keys.sorted() where index >= elements.count {
                if let tree = trees[index], let added = try value(after: tree, nil) { result.append(added) }
            }
            return .list(result)
        default:
            throw .validation("The document path provided in the update expression is invalid for update")
        }
    }

    private mutating func value(
        after action: UpdateAction, _ old: AttributeValue?
    ) throws(DynamoDBError) -> AttributeValue? {
        switch action {
        case .set(let operand):
            let value = try value(of: operand)
            setBytes += value.sizeInBytes
            guard setBytes <= Limits.itemSize else { throw ItemOrigin.update.itemTooLarge }
            return value
        case .remove: return nil
        case .add(let value):
            guard let old else { return value }
            return try old.adding(value, otherwise: misfit)
        case .delete(let members):
            return try old?.removing(members, otherwise: misfit)
        }
    }

    private func value(of operand: UpdateOperand) throws(DynamoDBError) -> AttributeValue {
        switch operand {
        case .value(let value): return value
        case .path(let path):
            guard let value = item.value(at: path) else {
                throw .validation(
                    "The provided expression refers to an attribute that does not exist in the item")
            }
            return value
        case .ifNotExists(let path, let fallback):
            if let value = item.value(at: path) { return value }
            return try value(of: fallback)
        case .listAppend(let first, let second):
            guard case .list(let head) = try value(of: first), case .list(let tail) = try value(of: second) else {
                throw misfit
            }
            return .list(head + tail)
        case .sum(let first, let second):
            return try value(of: first).adding(number: try value(of: second), otherwise: misfit)
        case .difference(let first, let second):
            guard case .number(let number) = try value(of: second) else { throw misfit }
            return try value(of: first).adding(number: .number(number.negated), otherwise: misfit)
        }
    }
}

extension DynamoDBError {
    fileprivate static let operandType = validation("An operand in the update expression has an incorrect data type")
    fileprivate static let legacyOperandType = validation("Type mismatch for attribute to update")
}

extension AttributeValue {
    fileprivate func adding(
        number other: AttributeValue, otherwise misfit: DynamoDBError
    ) throws(DynamoDBError) -> AttributeValue {
        guard case .number(let one) = self, case .number(let two) = other else { throw misfit }
        do {
            return .number(try one.adding(two))
        } catch {
            // Nothing is rounded: a sum of too many digits is an overflow to AWS.
            throw .validation((error == .tooManyDigits ? .overflow : error).description)
        }
    }

    /// What ADD makes of the value.
    fileprivate func adding(
        _ other: AttributeValue, otherwise misfit: DynamoDBError
    ) throws(DynamoDBError) -> AttributeValue {
        switch (self, other) {
        case (.stringSet(let members), .stringSet(let more)): .stringSet(members.union(more))
        case (.numberSet(let members), .numberSet(let more)): .numberSet(members.union(more))
        case (.binarySet(let members), .binarySet(let more)): .binarySet(members.union(more))
        default: try adding(number: other, otherwise: misfit)
        }
    }

    /// What DELETE leaves of the set; nil if nothing.
    fileprivate func removing(
        _ other: AttributeValue, otherwise misfit: DynamoDBError
    ) throws(DynamoDBError) -> AttributeValue? {
        switch (self, other) {
        case (.stringSet(let members), .stringSet(let some)):
            let rest = members.subtracting(some)
            return rest.isEmpty ? nil : .stringSet(rest)
        case (.numberSet(let members), .numberSet(let some)):
            let rest = members.subtracting(some)
            return rest.isEmpty ? nil : .numberSet(rest)
        case (.binarySet(let members), .binarySet(let some)):
            let rest = members.subtracting(some)
            return rest.isEmpty ? nil : .binarySet(rest)
        default:
            throw misfit
        }
    }
}
