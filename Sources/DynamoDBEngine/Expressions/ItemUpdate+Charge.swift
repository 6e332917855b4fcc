internal import DynamoDB

/// What AWS measures of an UpdateExpression against the 409,600 bytes of an item, beside the finished item.
///
/// AWS documents no such measure. It is the size of the update as AWS seems to record it: the names that it writes to and
/// the values that the request gives, with some bytes for each clause, and nothing of what the item holds already. So a
/// large item with a short key can be put but not set by an update. The rules are those that
/// paritysuite/dynamodb-conformance found on AWS in October 2026 (`tests/tier3/limits/itemSizeBySurface.test.ts`).
/// AttributeUpdates, transactions and PartiQL have no such measure.
extension ItemUpdate {
    /// - Throws: `ValidationException` for an update that AWS refuses whatever the item is.
    func checkCharge() throws(DynamoDBError) {
        guard origin == .update else { return }
        let charge = attributes.reduce(3) { $0 + Self.charge(of: $1.value, at: $1.key.utf8.count) }
        guard charge <= Limits.itemSize else { throw origin.itemTooLarge }
    }

    /// - Parameter target: bytes of the path that leads to the tree.
    private static func charge(of tree: PathTree<UpdateAction>, at target: Int) -> Int {
        switch tree {
        case .end(let action): target + action.charge
        case .members(let trees):
            trees.reduce(0) { $0 + charge(of: $1.value, at: target + 4 + $1.key.utf8.count) }
        case .elements(let trees):
            trees.reduce(0) { $0 + charge(of: $1.value, at: target + 4 + String($1.key).utf8.count) }
        }
    }
}

extension UpdateAction {
    fileprivate var charge: Int {
        switch self {
        case .set(let operand): 19 + operand.charge
        case .add(let value): 19 + value.sizeInBytes
        case .remove, .delete: 1
        }
    }
}

extension UpdateOperand {
    fileprivate var charge: Int {
        switch self {
        case .value(let value): value.sizeInBytes
        case .path(let path): path.charge
        case .ifNotExists(let path, let fallback): 39 + path.charge + fallback.charge
        case .listAppend(let first, let second): 37 + first.charge + second.charge
        case .sum(let first, let second): 34 + first.charge + second.charge
        case .difference(let first, let second): 37 + first.charge + second.charge
        }
    }
}

extension DocumentPath {
    /// As an operand: the value it leads to counts nothing.
    fileprivate var charge: Int {
        steps.reduce(15 + attribute.utf8.count) { sum, step in
            switch step {
            case .member(let name): sum + 14 + name.text.utf8.count
            case .element(let index): sum + 14 + String(index).utf8.count
            }
        }
    }
}
