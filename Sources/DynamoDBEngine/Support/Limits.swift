/// DynamoDB's limits.
///
/// Source: AWS, "Quotas in Amazon DynamoDB", Amazon DynamoDB developer guide.
enum Limits {
    /// Bytes of an item, names and values together.
    static let itemSize = 409_600
    /// Bytes of an attribute's name.
    static let attributeNameSize = 65_535
    /// Bytes of a partition key's value.
    static let partitionKeySize = 2048
    /// Bytes of a sort key's value.
    static let sortKeySize = 1024
    /// Values within each other, counting the attribute itself.
    static let nestingDepth = 32
    /// Requests in one BatchWriteItem.
    static let batchWriteRequests = 25
    /// Keys in one BatchGetItem.
    static let batchReadKeys = 100
    /// Bytes of the items in one BatchGetItem's response.
    static let batchReadSize = 16 << 20
    /// Bytes of the items that one transaction reads, or of the actions of one that writes.
    static let transactionSize = 4 << 20
    /// Bytes of one request.
    static let requestSize = 16 << 20
    /// Bytes of items that one Query or Scan reads.
    static let pageSize = 1 << 20
    /// Bytes of one expression.
    static let expressionSize = 4096
    /// Bytes of a reference in an expression, such as `#name`.
    static let expressionReferenceSize = 255
    /// Operators and functions in one expression.
    static let expressionOperators = 300
    /// Conditions in one ScanFilter, QueryFilter or Expected. AWS tells no limit; an expression could not say more.
    static let legacyConditions = expressionOperators
    /// Operands of IN.
    static let inOperands = 100
    /// A list index in an expression.
    static let listIndex = 4_294_967_294
    /// A list index in a PartiQL statement.
    static let statementListIndex = 2_147_483_647
    /// Names in one ListTables.
    static let listedTables = 100
    /// Tags of a table.
    static let tags = 50
    /// Bytes of a resource-based policy.
    static let policySize = 20_480
    /// Streams in one ListStreams.
    static let listedStreams = 100
    /// Shards in one DescribeStream.
    static let describedShards = 100
    /// Records in one GetRecords.
    static let streamRecords = 1000
    /// Provisioned capacity units, of reads and of writes.
    static let capacityUnits = 1_000_000_000_000
    /// Backups in one ListBackups.
    static let listedBackups = 100
    /// Global secondary indexes of a table.
    static let globalIndexes = 20
    /// Vector indexes of a table.
    static let vectorIndexes = 5
    /// Numbers of a vector in an index.
    static let vectorDimensions = 4096
    /// Items that a search can find.
    static let searchResults = 100
    /// Local secondary indexes of a table.
    static let localIndexes = 5
    /// Non-key attributes named by all the INCLUDE projections of a table.
    static let projectedAttributes = 100
    /// Queries that the WHERE clause of a PartiQL statement may be split into.
    static let statementReads = 50
    /// Items in a page of a SELECT that is split into several queries.
    static let statementReadsPage = 10
}
