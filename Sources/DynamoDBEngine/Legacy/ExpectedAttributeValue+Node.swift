internal import DynamoDB

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
