internal import DynamoDB

/// Refuses a table name, or an ARN with a name, that no table can have.
func checkTableName(_ reference: String) throws(DynamoDBError) {
    try checkName(TableARN.name(of: reference), at: "tableName")
}

/// Refuses a name that no table, index or backup can have.
///
/// - Parameter path: of the name in the request, as errors tell it.
func checkName(_ name: String, at path: String) throws(DynamoDBError) {
    let violation: String? =
        if name.utf8.count < 3 {
            "Member must have length greater than or equal to 3"
        } else if name.utf8.count > 255 {
            "Member must have length less than or equal to 255"
        } else if !name.utf8.allSatisfy(\.isNameByte) {
            "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
        } else {
            nil
        }
    if let violation {
        throw .validation(
            "1 validation error detected: Value '\(name)' at '\(path)' failed to satisfy constraint: \(violation)")
    }
}
