import DynamoDB

/// The ARN of a table: `arn:aws:dynamodb:REGION:ACCOUNT:table/NAME`.
///
/// An ARN is made when it is told, of the region of whoever asks; a given one means the table of its name, whatever
/// region and account it says.
struct TableARN {
    /// The one account of the engine.
    static let account = "000000000000"

    let text: String

    init(_ name: String, region: String) {
        text = "arn:aws:dynamodb:\(region):\(TableARN.account):table/\(name)"
    }

    /// The table's name in an ARN of any region and account; nil if the text is no such ARN.
    static func tableName(in text: String) -> String? {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "dynamodb" else { return nil }
        let path = parts[5].split(separator: "/", omittingEmptySubsequences: false)
        guard path.count == 2, path[0] == "table" else { return nil }
        return String(path[1])
    }

    /// The name of a table that is given by name or by ARN.
    static func name(of reference: String) -> String {
        tableName(in: reference) ?? reference
    }

    /// What an ARN says beside region and account, such as `table/NAME/backup/ID`; nil for a text that is no ARN of
    /// DynamoDB's.
    static func path(in text: String) -> Substring? {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0] == "arn" && parts[2] == "dynamodb" ? parts[5] : nil
    }

    /// An ARN that was kept, with the region of whoever asks.
    static func told(_ kept: String, in region: String) -> String {
        path(in: kept).map { "arn:aws:dynamodb:\(region):\(account):\($0)" } ?? kept
    }
}

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
