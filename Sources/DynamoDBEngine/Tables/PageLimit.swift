internal import DynamoDB

/// How many results a request asks for.
func pageLimit(_ given: Int?, atMost most: Int) throws(DynamoDBError) -> Int {
    let limit = given ?? most
    guard (1...most).contains(limit) else {
        let bound = limit < 1 ? "greater than or equal to 1" : "less than or equal to \(most)"
        throw .validation(
            "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy constraint: "
                + "Member must have value \(bound)")
    }
    return limit
}
