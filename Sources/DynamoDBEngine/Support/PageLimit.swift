internal import DynamoDB

/// How many results a request asks for.
func pageLimit(_ given: Int?, atMost most: Int) throws(DynamoDBError) -> Int {
    let limit = given ?? most
    try MemberConstraint.value(1, most).check(limit, at: "Limit")
    return limit
}
