/// The ARN of a table: `arn:aws:dynamodb:REGION:ACCOUNT:table/NAME`.
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
}
