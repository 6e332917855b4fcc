import DynamoDB

/// An update with a meaning of its own, which the engine's must agree with.
struct ModelUpdate {
    enum Action {
        case set(ModelUpdateOperand)
        case remove
        case add(AttributeValue)
        case delete(AttributeValue)
    }

    var actions: [(path: ModelPath, action: Action)]
}

indirect enum ModelUpdateOperand {
    case path(ModelPath)
    case value(AttributeValue)
    case ifNotExists(ModelPath, ModelUpdateOperand)
    case listAppend(ModelUpdateOperand, ModelUpdateOperand)
    case sum(ModelUpdateOperand, ModelUpdateOperand)
    case difference(ModelUpdateOperand, ModelUpdateOperand)
}

/// The update does not fit the item.
struct Misfit: Error {}

extension ModelUpdate {
    /// The item after the update, which reads everything from the item before it.
    ///
    /// - Returns: nil if there was no item and the update makes none.
    func applied(to old: Item?, key: Item) throws(Misfit) -> Item? {
        if old == nil, !actions.contains(where: \.action.gives) { return nil }
        let before = old ?? [:]
        var changes: [(path: ModelPath, new: AttributeValue?)] = []
        for (path, action) in actions {
            if let step = path.steps.last {
                switch (before.found(at: path.parent), step) {
                case (.map, .member), (.list, .element): break
                default: throw Misfit()
                }
            }
            changes.append((path, try action.result(at: path, in: before)))
        }
        // Elements keep their places until all else is done; those past the end come in the order of their indexes.
        let sets = changes.filter { $0.new != nil }.sorted { $0.path.lastIndex < $1.path.lastIndex }
        let removals = changes.filter { $0.new == nil && before.found(at: $0.path) != nil }
            .sorted { $0.path.lastIndex > $1.path.lastIndex }
        return (sets + removals).reduce(old ?? key) { item, change in item.replacing(change.path, with: change.new) }
    }
}

extension ModelPath {
    fileprivate var lastIndex: Int { if case .element(let index) = steps.last { index } else { 0 } }
}

extension ModelUpdate.Action {
    fileprivate var gives: Bool {
        switch self {
        case .set, .add: true
        case .remove, .delete: false
        }
    }

    fileprivate func result(at path: ModelPath, in item: Item) throws(Misfit) -> AttributeValue? {
        let old = item.found(at: path)
        switch (self, old) {
        case (.set(let operand), _): return try operand.value(in: item)
        case (.remove, _), (.delete, nil): return nil
        case (.add(let value), nil): return value
        case (.add(.number(let two)), .number(let one)): return .number(try one.plus(two))
        case (.add(.stringSet(let more)), .stringSet(let some)): return .stringSet(some.union(more))
        case (.add(.numberSet(let more)), .numberSet(let some)): return .numberSet(some.union(more))
        case (.delete(.stringSet(let some)), .stringSet(let all)):
            return all.isSubset(of: some) ? nil : .stringSet(all.filter { !some.contains($0) })
        case (.delete(.numberSet(let some)), .numberSet(let all)):
            return all.isSubset(of: some) ? nil : .numberSet(all.filter { !some.contains($0) })
        default: throw Misfit()
        }
    }
}

extension ModelUpdateOperand {
    fileprivate func value(in item: Item) throws(Misfit) -> AttributeValue {
        switch self {
        case .value(let value): return value
        case .path(let path):
            guard let value = item.found(at: path) else { throw Misfit() }
            return value
        case .ifNotExists(let path, let fallback):
            if let value = item.found(at: path) { return value }
            return try fallback.value(in: item)
        case .listAppend(let one, let two):
            guard case .list(let head) = try one.value(in: item), case .list(let tail) = try two.value(in: item) else {
                throw Misfit()
            }
            return .list(head + tail)
        case .sum(let one, let two):
            guard case .number(let one) = try one.value(in: item), case .number(let two) = try two.value(in: item)
            else {
                throw Misfit()
            }
            return .number(try one.plus(two))
        case .difference(let one, let two):
            guard case .number(let one) = try one.value(in: item), case .number(let two) = try two.value(in: item)
            else {
                throw Misfit()
            }
            return .number(try one.plus(two, negated: true))
        }
    }
}

extension DecimalNumber {
    /// In whole and half numbers, which is all that the generator makes.
    fileprivate func plus(_ other: DecimalNumber, negated: Bool = false) throws(Misfit) -> DecimalNumber {
        guard let one = Double("\(self)"), let two = Double("\(other)") else { throw Misfit() }
        let sum = negated ? one - two : one + two
        guard let result = DecimalNumber("\(sum)") else { throw Misfit() }
        return result
    }
}
