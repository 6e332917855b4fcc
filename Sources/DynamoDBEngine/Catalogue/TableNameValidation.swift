internal import DynamoDB

/// Refuses a table name, or an ARN with a name, that no table can have.
func checkTableName(_ reference: String) throws(DynamoDBError) {
    try checkName(TableARN.name(of: reference), at: "TableName")
}

/// Refuses the names of a batch's tables if one of them, or of the ARNs among them, is none that a table can have.
///
/// - Parameter echo: The whole map as AWS prints it.
func checkTableNames(_ references: some Sequence<String>, echo: () -> String) throws(DynamoDBError) {
    guard !references.allSatisfy({ MemberConstraint.name.isMet(by: TableARN.name(of: $0)) }) else { return }
    throw .violating([.tableNames(at: "RequestItems", echo: echo())], front: .older)
}

/// Refuses a name that no table, index or backup can have.
///
/// - Parameter place: of the name in the request, as in the API.
func checkName(_ name: String, at place: String) throws(DynamoDBError) {
    try MemberConstraint.name.check(name, at: place)
}

/// The error of table operations for a name that no table has.
func tableNotFound(_ name: String) throws(DynamoDBError) -> DynamoDBError {
    try checkTableName(name)
    return DynamoDBError(
        code: .resourceNotFoundException,
        message: "Requested resource not found: Table: \(TableARN.name(of: name)) not found")
}
