import DynamoDB

extension DynamoDBError {
    /// A parameter that breaks a rule, with the sentence that AWS begins such messages with.
    static func invalidParameter(_ message: String) -> DynamoDBError {
        .validation("One or more parameter values were invalid: \(message)")
    }
}

/// How many results a request asks for.
func pageLimit(_ given: Int?, atMost most: Int) throws(DynamoDBError) -> Int {
    let limit = given ?? most
    try MemberConstraint.value(1, most).check(limit, at: "Limit")
    return limit
}

extension StringSet {
    /// The first string that came before; nil if each comes once.
    static func firstDuplicate(in strings: [String]) -> String? {
        var known = StringSet()
        return strings.first { !known.insert($0).inserted }
    }
}
