internal import DynamoDB

/// Where a page of a SELECT ended, and the opaque token that says so to the caller.
///
/// A token begins with a digest of itself and one of the statement, so that one that was changed, or that belongs to
/// another statement, is refused.
struct StatementPosition {
    let lastKey: Item

    private static let digestLength = 16

    init(lastKey: Item) {
        self.lastKey = lastKey
    }

    /// - Throws: `ValidationException` if this is not a token of the statement.
    init(token: String, of input: ExecuteStatementInput) throws(DynamoDBError) {
        let invalid = DynamoDBError.validation("Invalid NextToken")
        guard let bytes = try? Array(token.utf8).withUnsafeBufferPointer(Base64.decode),
            bytes.count > 2 * StatementPosition.digestLength
        else {
            throw invalid
        }
        let content = bytes.dropFirst(StatementPosition.digestLength)
        guard bytes.starts(with: StatementPosition.digest(.binary(Array(content)))) else { throw invalid }
        guard content.starts(with: StatementPosition.digest(of: input)) else {
            throw .validation("NextToken does not match request")
        }
        guard let lastKey = try? Item(jsonDocument: Array(content.dropFirst(StatementPosition.digestLength))) else {
            throw invalid
        }
        self.lastKey = lastKey
    }

    func token(of input: ExecuteStatementInput) -> String {
        let content = StatementPosition.digest(of: input) + lastKey.jsonDocument
        var token: [UInt8] = []
        Base64.encode(StatementPosition.digest(.binary(content)) + content, to: &token)
        return String(decoding: token, as: UTF8.self)
    }

    private static func digest(of input: ExecuteStatementInput) -> [UInt8] {
        digest(.list([.string(input.statement)] + (input.parameters ?? [])))
    }

    private static func digest(_ value: AttributeValue) -> [UInt8] {
        var digest = RequestDigest()
        digest.add(value)
        return Array(digest.bytes.prefix(digestLength))
    }
}
