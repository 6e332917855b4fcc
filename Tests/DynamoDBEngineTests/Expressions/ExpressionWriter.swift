import DynamoDB
import Fuzzing

/// Writes models of expressions as text, in all the ways that the grammar leaves open: references or plain names,
/// letter case of keywords, white space, needless parentheses.
struct ExpressionWriter {
    var random: SeededGenerator
    private(set) var names: [String: String] = [:]
    private(set) var values: [String: AttributeValue] = [:]

    init(_ random: SeededGenerator) {
        self.random = random
    }

    /// Attribute names that may stand in an expression as they are.
    static let plainNames: Set<String> = ["a1", "b1", "c_1", "m1", "l1", "x"]

    private mutating func space() -> String { random.pick([" ", " ", "  ", "\n", "\t "]) }

    private mutating func optionalSpace() -> String { random.pick(["", "", " "]) }

    mutating func word(_ keyword: String) -> String {
        let cased = random.pick([keyword, keyword.lowercased(), keyword.prefix(1) + keyword.dropFirst().lowercased()])
        return space() + cased + space()
    }

    // MARK: Names and values

    mutating func text(_ value: AttributeValue) -> String {
        let reference = ":v\(values.count)"
        values[reference] = value
        return reference
    }

    private mutating func name(_ name: String) -> String {
        if Self.plainNames.contains(name), !random.oneIn(3) { return name }
        let reference = "#\(names.count)n"
        names[reference] = name
        return reference
    }

    mutating func text(_ path: ModelPath) -> String {
        var text = name(path.attribute)
        for step in path.steps {
            switch step {
            case .member(let name): text += "." + self.name(name)
            case .element(let index): text += "[\(index)]"
            }
        }
        return text
    }

    mutating func list(_ texts: [String]) -> String {
        texts.joined(separator: optionalSpace() + "," + optionalSpace())
    }

    private mutating func call(_ function: String, _ operands: [String]) -> String {
        function + optionalSpace() + "(" + optionalSpace() + list(operands) + ")"
    }

    // MARK: Conditions

    mutating func text(_ operand: ModelOperand) -> String {
        switch operand {
        case .path(let path): text(path)
        case .value(let value): text(value)
        case .size(let sized): call("size", [text(sized)])
        }
    }

    /// - Parameter level: how tightly the context binds: 0 for OR, 1 for AND, 2 for NOT.
    mutating func text(_ condition: ModelCondition, level: Int = 0) -> String {
        let (text, own) = bare(condition)
        return own < level || random.oneIn(5) ? "(" + optionalSpace() + text + ")" : text
    }

    private mutating func bare(_ condition: ModelCondition) -> (text: String, level: Int) {
        switch condition {
        case .or(let one, let other): (text(one, level: 0) + word("OR") + text(other, level: 1), 0)
        case .and(let one, let other): (text(one, level: 1) + word("AND") + text(other, level: 2), 1)
        case .not(let negated): (word("NOT") + text(negated, level: 2), 2)
        case .comparison(let sign, let left, let right):
            (grouped(left) + optionalSpace() + sign + optionalSpace() + grouped(right), 3)
        case .between(let value, let low, let high):
            (text(value) + word("BETWEEN") + text(low) + word("AND") + text(high), 3)
        case .member(let value, let candidates):
            (text(value) + word("IN") + "(" + list(candidates.map { text($0) }) + ")", 3)
        case .exists(let path): (call("attribute_exists", [text(path)]), 3)
        case .missing(let path): (call("attribute_not_exists", [text(path)]), 3)
        case .type(let operand, let name): (call("attribute_type", [text(operand), text(.string(name))]), 3)
        case .beginsWith(let value, let prefix): (call("begins_with", [text(value), text(prefix)]), 3)
        case .contains(let value, let part): (call("contains", [text(value), text(part)]), 3)
        }
    }

    private mutating func grouped(_ operand: ModelOperand) -> String {
        random.oneIn(8) ? "(" + text(operand) + ")" : text(operand)
    }

    // MARK: Updates

    mutating func text(_ update: ModelUpdate) -> String {
        var sections: [String: [String]] = [:]
        for (path, action) in update.actions {
            let place = text(path)
            switch action {
            case .set(let operand):
                sections["SET", default: []].append(place + optionalSpace() + "=" + optionalSpace() + text(operand))
            case .remove: sections["REMOVE", default: []].append(place)
            case .add(let value): sections["ADD", default: []].append(place + space() + text(value))
            case .delete(let value): sections["DELETE", default: []].append(place + space() + text(value))
            }
        }
        var order = sections.keys.sorted()
        order.shuffle(using: &random)
        return order.map { word($0) + list(sections[$0] ?? []) }.joined()
    }

    private mutating func text(_ operand: ModelUpdateOperand, isInner: Bool = false) -> String {
        switch operand {
        case .path(let path): return text(path)
        case .value(let value): return text(value)
        case .ifNotExists(let path, let fallback):
            return call("if_not_exists", [text(path), text(fallback, isInner: true)])
        case .listAppend(let one, let two):
            return call("list_append", [text(one, isInner: true), text(two, isInner: true)])
        case .sum(let one, let two): return sum(one, "+", two, isInner)
        case .difference(let one, let two): return sum(one, "-", two, isInner)
        }
    }

    private mutating func sum(
        _ one: ModelUpdateOperand, _ sign: String, _ two: ModelUpdateOperand, _ isInner: Bool
    ) -> String {
        let text = text(one, isInner: true) + optionalSpace() + sign + optionalSpace() + text(two, isInner: true)
        return isInner || random.oneIn(5) ? "(" + text + ")" : text
    }
}
