internal import DynamoDB

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
