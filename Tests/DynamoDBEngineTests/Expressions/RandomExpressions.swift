import DynamoDB
import Fuzzing

/// Items and valid expressions on them, small enough that conditions are met about as often as not.
extension SeededGenerator {
    // MARK: Items

    private static let names = ["a1", "b1", "c_1", "name", "odd.key"]

    mutating func smallItem() -> Item {
        var item: Item = [:]
        for name in Self.names where !oneIn(4) { item[name] = smallValue() }
        item["m1"] = oneIn(8) ? smallValue() : .map(["x": smallValue(), "name": .map(["x": smallScalar()])])
        item["l1"] = oneIn(8) ? smallValue() : .list((0..<3).map { _ in smallValue() } + [.map(["x": smallScalar()])])
        return item
    }

    mutating func smallNumber() -> AttributeValue {
        .number(DecimalNumber(pick(["0", "-0", "1", "1.0", "10e-1", "2", "-1", "0.5", "10"])) ?? 0)
    }

    mutating func smallString() -> AttributeValue { .string(pick(["", "a", "ab", "abc", "b", "é", "\0"])) }

    /// A value that has an order.
    mutating func smallScalar() -> AttributeValue {
        switch Int.random(in: 0..<5, using: &self) {
        case 0, 1: smallNumber()
        case 2, 3: smallString()
        default: .binary(pick([[], [0], [0xFF], [0, 0xFF], [0, 1]]))
        }
    }

    mutating func smallValue() -> AttributeValue {
        switch Int.random(in: 0..<12, using: &self) {
        case 0..<6: smallScalar()
        case 6: .bool(oneIn(2))
        case 7: .null
        case 8: .list((0..<Int.random(in: 0...2, using: &self)).map { _ in smallScalar() })
        case 9: .map(oneIn(2) ? ["x": smallScalar()] : [:])
        case 10: .stringSet(pick([["a"], ["a", "ab"], ["b", ""]]))
        default: .numberSet(pick([[1], [1, 2], [-1, 10]]))
        }
    }

    // MARK: Paths

    private static let nested: [ModelPath] = [
        ModelPath("m1", .member("x")), ModelPath("m1", .member("name"), .member("x")),
        ModelPath("l1", .element(0)), ModelPath("l1", .element(1)), ModelPath("l1", .element(3), .member("x")),
        ModelPath("l1", .element(9)), ModelPath("l1", .element(7)),
    ]

    mutating func path() -> ModelPath {
        oneIn(3) ? pick(Self.nested) : ModelPath(pick(Self.names + ["m1", "l1", "x"]))
    }

    /// Paths of which none leads into another.
    mutating func separatePaths() -> [ModelPath] {
        let whole = (Self.names + ["m1", "l1", "x"]).map { ModelPath($0) }
        let parts = Self.names.map { ModelPath($0) } + Self.nested
        let pool = (oneIn(2) ? whole : parts).shuffled(using: &self)
        return Array(pool.prefix(Int.random(in: 1...5, using: &self)))
    }

    // MARK: Conditions

    mutating func condition(depth: Int = 3) -> ModelCondition {
        guard depth > 0, !oneIn(4) else { return predicate() }
        switch Int.random(in: 0..<3, using: &self) {
        case 0: return .and(condition(depth: depth - 1), condition(depth: depth - 1))
        case 1: return .or(condition(depth: depth - 1), condition(depth: depth - 1))
        default: return .not(condition(depth: depth - 1))
        }
    }

    private mutating func predicate() -> ModelCondition {
        switch Int.random(in: 0..<12, using: &self) {
        case 0..<4:
            let sign = pick(["=", "<>", "<", "<=", ">", ">="])
            let left = operand(ordered: sign.count == 1 && sign != "=" || sign.hasSuffix("=") && sign != "=")
            return .comparison(sign, left, other(than: left))
        case 4:
            let bounds = oneIn(2) ? [smallNumber(), smallNumber()] : [smallString(), smallString()]
            let sorted = ModelCondition.comparison("<=", .value(bounds[0]), .value(bounds[1])).holds(on: [:])
            let (low, high) = sorted ? (bounds[0], bounds[1]) : (bounds[1], bounds[0])
            return .between(
                oneIn(4) ? .size(.path(path())) : .path(path()), .value(low), oneIn(4) ? .path(path()) : .value(high))
        case 5:
            return .member(
                operand(ordered: false), (0..<Int.random(in: 1...4, using: &self)).map { _ in operand(ordered: false) })
        case 6: return .exists(path())
        case 7: return .missing(path())
        case 8:
            return .type(operand(ordered: false), pick(["S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"]))
        case 9:
            let value = ModelOperand.path(path())
            return .beginsWith(value, oneIn(3) ? other(than: value) : .value(oneIn(3) ? .binary([0]) : smallString()))
        default:
            let value = ModelOperand.path(path())
            return .contains(value, oneIn(2) ? other(than: value) : .value(smallScalar()))
        }
    }

    /// - Parameter ordered: whether a value must be one that has an order.
    private mutating func operand(ordered: Bool) -> ModelOperand {
        switch Int.random(in: 0..<6, using: &self) {
        case 0..<3: .path(path())
        case 3: .size(oneIn(3) ? .value(smallString()) : .path(path()))
        default: .value(ordered ? smallScalar() : smallValue())
        }
    }

    /// An operand that may stand beside the first: a string, or a path that is another one.
    private mutating func other(than first: ModelOperand) -> ModelOperand {
        let second = ModelOperand.path(path())
        return second == first || oneIn(2) ? .value(smallString()) : second
    }

    // MARK: Updates

    mutating func update() -> ModelUpdate {
        ModelUpdate(
            actions: separatePaths().map { path in
                switch Int.random(in: 0..<8, using: &self) {
                case 0..<4: (path, .set(updateOperand()))
                case 4: (path, .remove)
                case 5: (path, .add(smallNumber()))
                case 6: (path, .add(set()))
                default: (path, .delete(set()))
                }
            })
    }

    private mutating func set() -> AttributeValue {
        oneIn(2) ? .stringSet(pick([["a"], ["b", "ab"]])) : .numberSet(pick([[1], [2, -1]]))
    }

    /// - Parameter isInner: whether it stands in a function, where list_append may not.
    private mutating func updateOperand(depth: Int = 2, isInner: Bool = false) -> ModelUpdateOperand {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 4), using: &self) {
        case 0, 1: .value(smallValue())
        case 2: .path(path())
        case 3: .path(ModelPath(pick(["a1", "b1"])))
        case 4: .ifNotExists(path(), updateOperand(depth: depth - 1, isInner: true))
        case 5 where !isInner: .listAppend(listOperand(), listOperand())
        case 6: .sum(numberOperand(depth: depth - 1), numberOperand(depth: depth - 1))
        default: .difference(numberOperand(depth: depth - 1), numberOperand(depth: depth - 1))
        }
    }

    private mutating func listOperand() -> ModelUpdateOperand {
        oneIn(2) ? .path(ModelPath("l1")) : .value(.list([smallScalar()]))
    }

    private mutating func numberOperand(depth: Int) -> ModelUpdateOperand {
        switch Int.random(in: 0..<(depth > 0 ? 4 : 3), using: &self) {
        case 0: .path(path())
        case 1: .ifNotExists(path(), .value(smallNumber()))
        case 2: .value(smallNumber())
        default: .sum(numberOperand(depth: 0), numberOperand(depth: 0))
        }
    }
}
