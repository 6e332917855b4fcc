internal import DynamoDB

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
