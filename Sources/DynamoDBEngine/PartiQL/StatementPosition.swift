internal import DynamoDB

/// Where a page of a SELECT ended, and the opaque token that says so to the caller.
///
/// A token begins with a digest of itself and of the statement, so that one that was changed, or that belongs to
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
            bytes.count > StatementPosition.digestLength
        else {
            throw invalid
        }
        let content = Array(bytes.dropFirst(StatementPosition.digestLength))
        guard bytes.starts(with: StatementPosition.digest(content, input)),
            let lastKey = try? Item(jsonDocument: content)
        else { throw invalid }
        self.lastKey = lastKey
    }

    func token(of input: ExecuteStatementInput) -> String {
        let content = lastKey.jsonDocument
        var token: [UInt8] = []
        Base64.encode(StatementPosition.digest(content, input) + content, to: &token)
        return String(decoding: token, as: UTF8.self)
    }

    private static func digest(_ content: [UInt8], _ input: ExecuteStatementInput) -> [UInt8] {
        var digest = RequestDigest()
        digest.add(input.statement)
        digest.add(.list(input.parameters ?? []))
        digest.add(.binary(content))
        return Array(digest.bytes.prefix(digestLength))
    }
}
