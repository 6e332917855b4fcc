import DynamoDB

/// A condition with a meaning of its own, which the engine's must agree with.
///
/// It works on whole items, and knows nothing of the engine's parser, nodes or stored form.
indirect enum ModelCondition {
    case comparison(String, ModelOperand, ModelOperand)
    case between(ModelOperand, ModelOperand, ModelOperand)
    case member(ModelOperand, [ModelOperand])
    case exists(ModelPath)
    case missing(ModelPath)
    case type(ModelOperand, String)
    case beginsWith(ModelOperand, ModelOperand)
    case contains(ModelOperand, ModelOperand)
    case and(ModelCondition, ModelCondition)
    case or(ModelCondition, ModelCondition)
    case not(ModelCondition)
}

indirect enum ModelOperand: Equatable {
    case path(ModelPath)
    case value(AttributeValue)
    case size(ModelOperand)
}

extension ModelCondition {
    func holds(on item: Item) -> Bool {
        switch self {
        case .comparison(let sign, let left, let right): compare(sign, left.value(on: item), right.value(on: item))
        case .between(let value, let low, let high):
            compare("<=", low.value(on: item), value.value(on: item))
                && compare("<=", value.value(on: item), high.value(on: item))
        case .member(let value, let candidates):
            candidates.contains { compare("=", value.value(on: item), $0.value(on: item)) }
        case .exists(let path): item.found(at: path) != nil
        case .missing(let path): item.found(at: path) == nil
        case .type(let operand, let name): operand.value(on: item)?.modelType == name
        case .beginsWith(let value, let prefix):
            switch (value.value(on: item), prefix.value(on: item)) {
            case (.string(let text), .string(let start)): Array(text.utf8).starts(with: Array(start.utf8))
            case (.binary(let bytes), .binary(let start)): bytes.starts(with: start)
            default: false
            }
        case .contains(let value, let part):
            part.value(on: item).map { value.value(on: item)?.modelContains($0) ?? false } ?? false
        case .and(let one, let other): one.holds(on: item) && other.holds(on: item)
        case .or(let one, let other): one.holds(on: item) || other.holds(on: item)
        case .not(let condition): !condition.holds(on: item)
        }
    }

    private func compare(_ sign: String, _ left: AttributeValue?, _ right: AttributeValue?) -> Bool {
        guard let left, let right else { return sign == "<>" }
        if sign == "=" { return left == right }
        if sign == "<>" { return left != right }
        let order: Int? =
            switch (left, right) {
            case (.string(let one), .string(let two)): Array(one.utf8).order(before: Array(two.utf8))
            case (.binary(let one), .binary(let two)): one.order(before: two)
            case (.number(let one), .number(let two)): one == two ? 0 : one < two ? -1 : 1
            default: nil
            }
        guard let order else { return false }
        return switch sign {
        case "<": order < 0
        case "<=": order <= 0
        case ">": order > 0
        default: order >= 0
        }
    }
}

extension ModelOperand {
    func value(on item: Item) -> AttributeValue? {
        switch self {
        case .path(let path): item.found(at: path)
        case .value(let value): value
        case .size(let operand): operand.value(on: item)?.modelSize.map { .number($0) }
        }
    }
}

extension [UInt8] {
    fileprivate func order(before other: [UInt8]) -> Int {
        for (one, two) in zip(self, other) where one != two { return one < two ? -1 : 1 }
        return count - other.count
    }

    fileprivate func modelContains(_ part: [UInt8]) -> Bool {
        part.isEmpty || indices.contains { self[$0...].starts(with: part) }
    }
}

extension AttributeValue {
    /// The name of the type in requests: what JSON puts before the value.
    var modelType: String {
        String(decoding: jsonDocument.dropFirst(2).prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }

    fileprivate var modelSize: Int? {
        switch self {
        case .string(let text): text.utf16.count
        case .binary(let bytes): bytes.count
        case .list(let elements): elements.count
        case .map(let members): members.count
        case .stringSet(let members): members.count
        case .numberSet(let members): members.count
        case .binarySet(let members): members.count
        case .number, .bool, .null: nil
        }
    }

    fileprivate func modelContains(_ part: AttributeValue) -> Bool {
        switch (self, part) {
        case (.string(let text), .string(let part)): Array(text.utf8).modelContains(Array(part.utf8))
        case (.binary(let bytes), .binary(let part)): bytes.modelContains(part)
        case (.list(let elements), _): elements.contains(part)
        case (.stringSet(let members), .string(let member)): members.contains(member)
        case (.numberSet(let members), .number(let member)): members.contains(member)
        case (.binarySet(let members), .binary(let member)): members.contains(member)
        default: false
        }
    }
}
