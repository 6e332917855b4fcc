/// Makes a table of files in S3.
///
/// Source: AWS, "ImportTable" in the Amazon DynamoDB API reference.
public struct ImportTableInput: Sendable, Hashable, JSONObject {
    /// Where the files are.
    public var s3BucketSource: S3BucketSource
    /// The format of the files.
    public var inputFormat: InputFormat
    /// The table to be made.
    public var tableCreationParameters: TableCreationParameters
    /// Makes retries of the request one request.
    public var clientToken: String?
    /// More about the format.
    public var inputFormatOptions: InputFormatOptions?
    /// The compression of the files.
    public var inputCompressionType: InputCompressionType?

    private init() { self = .unread }
}

/// Where in S3 the files to import are.
public struct S3BucketSource: Sendable, Hashable, JSONObject {
    /// The bucket's name.
    public var s3Bucket: String
    /// The account that owns the bucket.
    public var s3BucketOwner: String?
    /// What the names of the objects begin with.
    public var s3KeyPrefix: String?

    private init() { self = .unread }
}

/// The format of the files to import.
public enum InputFormat: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `DYNAMODB_JSON`.
    case dynamodbJson = "DYNAMODB_JSON"
    /// `ION`.
    case ion = "ION"
    /// `CSV`.
    case csv = "CSV"
}

/// More about the format of the files to import.
public struct InputFormatOptions: Sendable, Hashable, JSONObject {
    /// Of CSV files.
    public var csv: CsvOptions?

    private init() { self = .unread }
}

/// The form of CSV files.
public struct CsvOptions: Sendable, Hashable, JSONObject {
    /// The character between fields.
    public var delimiter: String?
    /// The names of the fields; nil if the first line has them.
    public var headerList: [String]?

    private init() { self = .unread }
}

/// The compression of the files to import.
public enum InputCompressionType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `GZIP`.
    case gzip = "GZIP"
    /// `ZSTD`.
    case zstd = "ZSTD"
    /// `NONE`.
    case none = "NONE"
}

/// The table that an import makes.
public struct TableCreationParameters: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String
    /// Names and types of every attribute that is part of a key.
    public var attributeDefinitions: [AttributeDefinition]
    /// The key: the partition key first, then the sort key if there is one.
    public var keySchema: [KeySchemaElement]
    /// Provisioned, or on demand.
    public var billingMode: BillingMode?
    /// Provisioned capacity; nil on demand.
    public var provisionedThroughput: ProvisionedThroughput?
    /// Upper bounds of on-demand capacity.
    public var onDemandThroughput: OnDemandThroughput?
    /// Encryption at rest.
    public var sseSpecification: SSESpecification?
    /// Global secondary indexes, at most twenty.
    public var globalSecondaryIndexes: [GlobalSecondaryIndex]?
    /// Vector indexes, at most five.
    public var vectorIndexes: [VectorIndex]?

    private init() { self = .unread }
}

/// What ImportTable returns.
public struct ImportTableOutput: Sendable, Hashable, JSONObject {
    /// The import.
    public var importTableDescription: ImportTableDescription

    private init() { self = .unread }
}

/// An import of a table from S3.
public struct ImportTableDescription: Sendable, Hashable, JSONObject {
    /// The import's ARN.
    public var importArn: String?
    /// The import's state.
    public var importStatus: ImportStatus?
    /// The table's ARN.
    public var tableArn: String?
    /// The table's unique identifier.
    public var tableId: String?
    /// Makes retries of the request one request.
    public var clientToken: String?
    /// Where the files are.
    public var s3BucketSource: S3BucketSource?
    /// The number of items that could not be imported.
    public var errorCount: Int?
    /// Where errors are logged.
    public var cloudWatchLogGroupArn: String?
    /// The format of the files.
    public var inputFormat: InputFormat?
    /// More about the format.
    public var inputFormatOptions: InputFormatOptions?
    /// The compression of the files.
    public var inputCompressionType: InputCompressionType?
    /// The table to be made.
    public var tableCreationParameters: TableCreationParameters?
    /// When it began, in seconds since 1970.
    public var startTime: Double?
    /// When it ended, in seconds since 1970.
    public var endTime: Double?
    /// The bytes read.
    public var processedSizeBytes: Int?
    /// The number of items read.
    public var processedItemCount: Int?
    /// The number of items imported.
    public var importedItemCount: Int?
    /// Why it failed, as a code.
    public var failureCode: String?
    /// Why it failed, in words.
    public var failureMessage: String?

    private init() { self = .unread }
}

/// An import's state.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct ImportStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `IN_PROGRESS`.
    public static let inProgress = ImportStatus(rawValue: "IN_PROGRESS")
    /// `COMPLETED`.
    public static let completed = ImportStatus(rawValue: "COMPLETED")
    /// `CANCELLING`.
    public static let cancelling = ImportStatus(rawValue: "CANCELLING")
    /// `CANCELLED`.
    public static let cancelled = ImportStatus(rawValue: "CANCELLED")
    /// `FAILED`.
    public static let failed = ImportStatus(rawValue: "FAILED")
}

/// Describes an import.
///
/// Source: AWS, "DescribeImport" in the Amazon DynamoDB API reference.
public struct DescribeImportInput: Sendable, Hashable, JSONObject {
    /// The import's ARN.
    public var importArn: String

    private init() { self = .unread }
}

/// What DescribeImport returns.
public struct DescribeImportOutput: Sendable, Hashable, JSONObject {
    /// The import.
    public var importTableDescription: ImportTableDescription

    private init() { self = .unread }
}

/// Lists imports, page by page.
///
/// Source: AWS, "ListImports" in the Amazon DynamoDB API reference.
public struct ListImportsInput: Sendable, Hashable, JSONObject {
    /// The table's ARN.
    public var tableArn: String?
    /// The most entries of a page.
    public var pageSize: Int?
    /// Where the next page begins; nil at the end.
    public var nextToken: String?

    private init() { self = .unread }
}

/// What ListImports returns.
public struct ListImportsOutput: Sendable, Hashable, JSONObject {
    /// The imports.
    public var importSummaryList: [ImportSummary]?
    /// Where the next page begins; nil at the end.
    public var nextToken: String?

    private init() { self = .unread }
}

/// An import, as ListImports tells of it.
public struct ImportSummary: Sendable, Hashable, JSONObject {
    /// The import's ARN.
    public var importArn: String?
    /// The import's state.
    public var importStatus: ImportStatus?
    /// The table's ARN.
    public var tableArn: String?
    /// Where the files are.
    public var s3BucketSource: S3BucketSource?
    /// Where errors are logged.
    public var cloudWatchLogGroupArn: String?
    /// The format of the files.
    public var inputFormat: InputFormat?
    /// When it began, in seconds since 1970.
    public var startTime: Double?
    /// When it ended, in seconds since 1970.
    public var endTime: Double?

    private init() { self = .unread }
}
