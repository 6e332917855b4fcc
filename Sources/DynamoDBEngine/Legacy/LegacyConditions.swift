import DynamoDB

extension Condition {
    /// The condition on an attribute, as an expression would say it.
    func node(on name: String) throws(DynamoDBError) -> ConditionNode {
        let values = attributeValueList ?? []
        try check(values)
        let path = DocumentPath(name)
        let attribute = Operand.path(path)
        let operands = values.map(Operand.value)
        switch comparisonOperator {
        case .equal: return .compare(.equal, attribute, operands[0])
        case .notEqual: return .compare(.notEqual, attribute, operands[0])
        case .less: return .compare(.less, attribute, operands[0])
        case .lessOrEqual: return .compare(.lessOrEqual, attribute, operands[0])
        case .greater: return .compare(.greater, attribute, operands[0])
        case .greaterOrEqual: return .compare(.greaterOrEqual, attribute, operands[0])
        case .in: return .within(attribute, operands)
        case .between: return .between(attribute, lower: operands[0], upper: operands[1])
        case .null: return .missing(path)
        case .notNull: return .exists(path)
        case .contains: return .contains(attribute, operands[0])
        // An absent attribute neither contains nor lacks anything.
        case .notContains: return .and(.exists(path), .not(.contains(attribute, operands[0])))
        case .beginsWith: return .beginsWith(attribute, operands[0])
        }
    }

    private func check(_ values: [AttributeValue]) throws(DynamoDBError) {
        let name = comparisonOperator.rawValue
        guard comparisonOperator.valueCount.contains(values.count) else {
            throw .invalidParameter("Invalid number of argument(s) for the \(name) ComparisonOperator")
        }
        for value in values where !comparisonOperator.accepts(value.type) {
            throw .invalidParameter(
                "ComparisonOperator \(name) is not valid for \(value.type.rawValue) AttributeValue type")
        }
        if let first = values.first, values.contains(where: { $0.type != first.type }) {
            throw .invalidParameter("AttributeValues inside AttributeValueList must be of same type")
        }
        if comparisonOperator == .between, values[1].precedes(values[0]) {
            throw .validation(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound")
        }
    }
}

extension ComparisonOperator {
    fileprivate var valueCount: ClosedRange<Int> {
        switch self {
        case .null, .notNull: 0...0
        case .between: 2...2
        case .in: 1...Limits.inOperands
        default: 1...1
        }
    }

    fileprivate func accepts(_ type: AttributeType) -> Bool {
        switch self {
        case .equal, .notEqual: true
        case .beginsWith: type == .string || type == .binary
        default: type.isOrdered
        }
    }
}

extension ConditionNode {
    /// The condition that QueryFilter or ScanFilter says; nil if there is none.
    static func legacy(
        _ conditions: AttributeMap<Condition>?, _ conditionalOperator: ConditionalOperator?
    ) throws(DynamoDBError) -> ConditionNode? {
        try checkCount(conditions?.count ?? 0)
        var nodes: [ConditionNode] = []
        for (name, condition) in conditions?.sorted() ?? [] {
            nodes.append(try condition.node(on: name))
        }
        return try joined(nodes, conditionalOperator)
    }

    /// The condition that Expected says; nil if there is none.
    static func legacy(
        _ expected: AttributeMap<ExpectedAttributeValue>?, _ conditionalOperator: ConditionalOperator?
    ) throws(DynamoDBError) -> ConditionNode? {
        try checkCount(expected?.count ?? 0)
        var nodes: [ConditionNode] = []
        for (name, expectation) in expected?.sorted() ?? [] {
            nodes.append(try expectation.node(on: name))
        }
        return try joined(nodes, conditionalOperator)
    }

    /// Bounds the depth of the joined conditions, and what each item that is read costs.
    private static func checkCount(_ count: Int) throws(DynamoDBError) {
        guard count <= Limits.legacyConditions else {
            throw .invalidParameter(
                "Number of conditions exceeds the limit of \(Limits.legacyConditions); number of conditions: \(count)")
        }
    }

    private static func joined(
        _ nodes: [ConditionNode], _ conditionalOperator: ConditionalOperator?
    ) throws(DynamoDBError) -> ConditionNode? {
        if conditionalOperator != nil, nodes.count < 2 {
            throw .validation(
                nodes.isEmpty
                    ? "ConditionalOperator cannot be used without Filter or Expected"
                    : "ConditionalOperator can only be used when Filter or Expected has two or more elements")
        }
        guard var result = nodes.first else { return nil }
        for node in nodes.dropFirst() {
            result = conditionalOperator == .or ? .or(result, node) : .and(result, node)
        }
        return result
    }
}

extension ExpectedAttributeValue {
    /// The expectation of an attribute, as an expression would say it.
    func node(on name: String) throws(DynamoDBError) -> ConditionNode {
        if value != nil, attributeValueList != nil {
            throw .invalidParameter("Value and AttributeValueList cannot be used together for Attribute: \(name)")
        }
        if let comparisonOperator { return try comparison(comparisonOperator, on: name) }
        guard attributeValueList == nil else {
            throw .invalidParameter(
                "AttributeValueList can only be used with a ComparisonOperator for Attribute: \(name)")
        }
        switch (exists, value) {
        case (false, nil): return .missing(DocumentPath(name))
        case (false, _):
            throw .invalidParameter("Value cannot be used when Exists is false for Attribute: \(name)")
        case (_, let value?): return .compare(.equal, .path(DocumentPath(name)), .value(value))
        case (_, nil):
            throw .invalidParameter(
                "Value must be provided when Exists is \(exists == nil ? "null" : "true") for Attribute: \(name)")
        }
    }

    private func comparison(_ comparison: ComparisonOperator, on name: String) throws(DynamoDBError) -> ConditionNode {
        guard exists == nil else {
            throw .invalidParameter("Exists and ComparisonOperator cannot be used together for Attribute: \(name)")
        }
        let values = attributeValueList ?? value.map { [$0] }
        if values == nil, comparison != .null, comparison != .notNull {
            throw .invalidParameter(
                "Value or AttributeValueList must be used with ComparisonOperator: \(comparison.rawValue) for "
                    + "Attribute: \(name)")
        }
        return try Condition(comparisonOperator: comparison, attributeValueList: values).node(on: name)
    }
}

extension ConditionNode {
    /// The key condition that KeyConditions says.
    static func keyConditions(_ conditions: AttributeMap<Condition>) throws(DynamoDBError) -> ConditionNode {
        for condition in conditions.values {
            switch condition.comparisonOperator {
            case .equal, .less, .lessOrEqual, .greater, .greaterOrEqual, .between, .beginsWith: continue
            case .notEqual, .in, .notNull, .null, .contains, .notContains:
                throw .validation("Attempted conditional constraint is not an indexable operation")
            }
        }
        guard let node = try legacy(conditions, nil) else {
            throw .validation("Conditions can be of length 1 or 2 only")
        }
        return node
    }
}

/// Refuses a request that uses both expressions and the parameters that expressions have replaced.
func refuseMixing(
    _ legacy: KeyValuePairs<String, Any?>, with expressions: KeyValuePairs<String, Any?>
) throws(DynamoDBError) {
    func isGiven(_ parameter: (key: String, value: Any?)) -> Bool { parameter.value != nil }
    guard legacy.contains(where: isGiven), expressions.contains(where: isGiven) else { return }
    let (old, new) = (legacy.filter(isGiven).map(\.key), expressions.filter(isGiven).map(\.key))
    throw .validation(
        "Can not use both expression and non-expression parameters in the same request: "
            + "Non-expression parameters: {\(old.joined(separator: ", "))} "
            + "Expression parameters: {\(new.joined(separator: ", "))}")
}

extension ItemProjection {
    /// The projection that AttributesToGet names.
    init(attributesToGet names: [String]) throws(DynamoDBError) {
        for name in names { try checkAttributeName(name) }
        var seen: StringSet = []
        for name in names where !seen.insert(name).inserted {
            throw .invalidParameter("Duplicate value in attribute name: \(name)")
        }
        self.init(attributes: names)
    }
}
