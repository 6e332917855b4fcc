internal import DynamoDB

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
