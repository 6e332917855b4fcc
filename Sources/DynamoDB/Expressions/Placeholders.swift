/// The names and values that a request's expressions speak of, each under a placeholder.
///
/// It goes on from the placeholders that a request has already, its author's own among them.
struct Placeholders {
    private(set) var names: [String: String]
    private(set) var values: [String: AttributeValue]
    /// The placeholder of each name.
    private var placeholders: AttributeMap<String> = [:]

    init(names: [String: String]? = nil, values: [String: AttributeValue]? = nil) {
        self.names = names ?? [:]
        self.values = values ?? [:]
        for (placeholder, name) in self.names { placeholders[name] = placeholder }
    }

    /// The values; nil without any, since DynamoDB refuses an empty map.
    var optionalValues: [String: AttributeValue]? { values.isEmpty ? nil : values }

    /// A name's placeholder, the same each time.
    mutating func name(_ name: String) -> String {
        if let placeholder = placeholders[name] { return placeholder }
        let placeholder = Placeholders.free("#n", in: names)
        names[placeholder] = name
        placeholders[name] = placeholder
        return placeholder
    }

    /// A placeholder for a value.
    mutating func value(_ value: AttributeValue) -> String {
        let placeholder = Placeholders.free(":v", in: values)
        values[placeholder] = value
        return placeholder
    }

    mutating func path(_ path: AttributePath) -> String {
        var text = name(path.name.text)
        for step in path.steps {
            switch step {
            case .member(let member): text += "." + name(member.text)
            case .element(let index): text += "[\(index)]"
            }
        }
        return text
    }

    private static func free<Value>(_ prefix: String, in taken: [String: Value]) -> String {
        var number = taken.count
        while taken["\(prefix)\(number)"] != nil { number += 1 }
        return "\(prefix)\(number)"
    }
}

/// Expressions as DynamoDB reads them.
extension Placeholders {
    mutating func text(_ condition: ConditionExpression) -> String {
        text(condition.node, isNested: false)
    }

    private mutating func text(_ node: ConditionExpression.Node, isNested: Bool = true) -> String {
        switch node {
        case .comparison(let left, let sign, let right): return "\(text(left)) \(sign) \(text(right))"
        case .between(let path, let lower, let upper):
            return "\(self.path(path)) BETWEEN \(value(lower)) AND \(value(upper))"
        case .oneOf(let path, let values):
            return "\(self.path(path)) IN (\(values.map { value($0) }.joined(separator: ", ")))"
        case .function(let name, let path, let argument):
            return "\(name)(\(self.path(path))\(argument.map { ", " + value($0) } ?? ""))"
        case .all(let left, let right): return Self.composed("\(text(left)) AND \(text(right))", isNested)
        case .any(let left, let right): return Self.composed("\(text(left)) OR \(text(right))", isNested)
        case .not(let condition): return Self.composed("NOT \(text(condition))", isNested)
        }
    }

    private static func composed(_ text: String, _ isNested: Bool) -> String { isNested ? "(\(text))" : text }

    private mutating func text(_ operand: ConditionOperand) -> String {
        switch operand.kind {
        case .attribute(let path): self.path(path)
        case .size(let path): "size(\(self.path(path)))"
        case .value(let value): self.value(value)
        }
    }

    mutating func text(_ keys: [KeyExpression]) -> String {
        keys.map { key in
            let name = name(key.name)
            return switch key.node {
            case .comparison(let sign, let value): "\(name) \(sign) \(self.value(value))"
            case .between(let lower, let upper): "\(name) BETWEEN \(value(lower)) AND \(value(upper))"
            case .begins(let prefix): "begins_with(\(name), \(value(prefix)))"
            }
        }.joined(separator: " AND ")
    }

    mutating func text(_ paths: [AttributePath]) -> String {
        paths.map { path($0) }.joined(separator: ", ")
    }

    mutating func text(_ actions: [ItemChange]) -> String {
        ItemChange.Clause.allCases.compactMap { clause in
            let texts = actions.filter { $0.clause == clause }.map { action in
                let path = path(action.path)
                guard let operand = action.operand else { return path }
                return "\(path)\(clause == .set ? " = " : " ")\(text(operand))"
            }
            return texts.isEmpty ? nil : "\(clause.rawValue) \(texts.joined(separator: ", "))"
        }.joined(separator: " ")
    }

    private mutating func text(_ operand: UpdateOperand) -> String {
        switch operand.node {
        case .value(let value): self.value(value)
        case .attribute(let path): self.path(path)
        case .attributeOr(let path, let other): "if_not_exists(\(self.path(path)), \(text(other)))"
        case .joined(let first, let second): "list_append(\(text(first)), \(text(second)))"
        case .arithmetic(let left, let sign, let right): "\(text(left)) \(sign) \(text(right))"
        }
    }
}
