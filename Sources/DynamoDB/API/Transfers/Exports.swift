/// Exports a table, or its changes, to S3.
///
/// Source: AWS, "ExportTableToPointInTime" in the Amazon DynamoDB API reference.
public struct ExportTableToPointInTimeInput: Sendable, Hashable, JSONObject {
    /// The table's ARN.
    public var tableArn: String
    /// The bucket's name.
    public var s3Bucket: String
    /// The moment exported, in seconds since 1970.
    public var exportTime: Double?
    /// Makes retries of the request one request.
    public var clientToken: String?
    /// The account that owns the bucket.
    public var s3BucketOwner: String?
    /// What the names of the objects begin with.
    public var s3Prefix: String?
    /// The encryption of the objects.
    public var s3SseAlgorithm: S3SseAlgorithm?
    /// The key's ID.
    public var s3SseKmsKeyId: String?
    /// The format of the files.
    public var exportFormat: ExportFormat?
    /// The whole table or its changes.
    public var exportType: ExportType?
    /// Which changes are exported.
    public var incrementalExportSpecification: IncrementalExportSpecification?
    /// Which items and attributes are exported.
    public var filterSpecification: FilterSpecification?

    private init() { self = .unread }
}

/// The encryption of an export's objects in S3.
public enum S3SseAlgorithm: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `AES256`.
    case aes256 = "AES256"
    /// `KMS`.
    case kms = "KMS"
}

/// The format of an export's files.
public enum ExportFormat: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `DYNAMODB_JSON`.
    case dynamodbJson = "DYNAMODB_JSON"
    /// `ION`.
    case ion = "ION"
}

/// Whether an export holds a table or its changes.
public enum ExportType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `FULL_EXPORT`.
    case fullExport = "FULL_EXPORT"
    /// `INCREMENTAL_EXPORT`.
    case incrementalExport = "INCREMENTAL_EXPORT"
}

/// Which changes of a table are exported.
public struct IncrementalExportSpecification: Sendable, Hashable, JSONObject {
    /// From when on, in seconds since 1970.
    public var exportFromTime: Double?
    /// Up to when, in seconds since 1970.
    public var exportToTime: Double?
    /// What of a changed item is exported.
    public var exportViewType: ExportViewType?

    private init() { self = .unread }
}

/// Which items of a table, and which of their attributes, are exported.
public struct FilterSpecification: Sendable, Hashable, JSONObject {
    /// What is dropped after reading.
    public var filterExpression: String?
    /// The attributes to export, comma-separated; nil for all.
    public var projectionExpression: String?
    /// An equality on the partition key and, optionally, one condition on the sort key.
    public var keyConditionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// What the `:value` placeholders in the expressions stand for.
    public var expressionAttributeValues: [String: AttributeValue]?

    private init() { self = .unread }
}

/// What of a changed item an incremental export holds.
public enum ExportViewType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `NEW_IMAGE`.
    case newImage = "NEW_IMAGE"
    /// `NEW_AND_OLD_IMAGES`.
    case newAndOldImages = "NEW_AND_OLD_IMAGES"
}

/// What ExportTableToPointInTime returns.
public struct ExportTableToPointInTimeOutput: Sendable, Hashable, JSONObject {
    /// The export.
    public var exportDescription: ExportDescription?

    private init() { self = .unread }
}

/// An export of a table to S3.
public struct ExportDescription: Sendable, Hashable, JSONObject {
    /// The export's ARN.
    public var exportArn: String?
    /// The export's state.
    public var exportStatus: ExportStatus?
    /// When it began, in seconds since 1970.
    public var startTime: Double?
    /// When it ended, in seconds since 1970.
    public var endTime: Double?
    /// Where in the bucket the list of the files is.
    public var exportManifest: String?
    /// The table's ARN.
    public var tableArn: String?
    /// The table's unique identifier.
    public var tableId: String?
    /// The moment exported, in seconds since 1970.
    public var exportTime: Double?
    /// Makes retries of the request one request.
    public var clientToken: String?
    /// The bucket's name.
    public var s3Bucket: String?
    /// The account that owns the bucket.
    public var s3BucketOwner: String?
    /// What the names of the objects begin with.
    public var s3Prefix: String?
    /// The encryption of the objects.
    public var s3SseAlgorithm: S3SseAlgorithm?
    /// The key's ID.
    public var s3SseKmsKeyId: String?
    /// Why it failed, as a code.
    public var failureCode: String?
    /// Why it failed, in words.
    public var failureMessage: String?
    /// The format of the files.
    public var exportFormat: ExportFormat?
    /// The bytes that are billed.
    public var billedSizeBytes: Int?
    /// The number of items exported.
    public var itemCount: Int?
    /// The whole table or its changes.
    public var exportType: ExportType?
    /// Which changes are exported.
    public var incrementalExportSpecification: IncrementalExportSpecification?
    /// Which items and attributes are exported.
    public var filterSpecification: FilterSpecification?

    private init() { self = .unread }
}

/// An export's state.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct ExportStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `IN_PROGRESS`.
    public static let inProgress = ExportStatus(rawValue: "IN_PROGRESS")
    /// `COMPLETED`.
    public static let completed = ExportStatus(rawValue: "COMPLETED")
    /// `FAILED`.
    public static let failed = ExportStatus(rawValue: "FAILED")
}

/// Describes an export.
///
/// Source: AWS, "DescribeExport" in the Amazon DynamoDB API reference.
public struct DescribeExportInput: Sendable, Hashable, JSONObject {
    /// The export's ARN.
    public var exportArn: String

    private init() { self = .unread }
}

/// What DescribeExport returns.
public struct DescribeExportOutput: Sendable, Hashable, JSONObject {
    /// The export.
    public var exportDescription: ExportDescription?

    private init() { self = .unread }
}

/// Lists exports, page by page.
///
/// Source: AWS, "ListExports" in the Amazon DynamoDB API reference.
public struct ListExportsInput: Sendable, Hashable, JSONObject {
    /// The table's ARN.
    public var tableArn: String?
    /// The most entries of a page.
    public var maxResults: Int?
    /// Where the next page begins; nil at the end.
    public var nextToken: String?

    private init() { self = .unread }
}

/// What ListExports returns.
public struct ListExportsOutput: Sendable, Hashable, JSONObject {
    /// The exports.
    public var exportSummaries: [ExportSummary]?
    /// Where the next page begins; nil at the end.
    public var nextToken: String?

    private init() { self = .unread }
}

/// An export, as ListExports tells of it.
public struct ExportSummary: Sendable, Hashable, JSONObject {
    /// The export's ARN.
    public var exportArn: String?
    /// The export's state.
    public var exportStatus: ExportStatus?
    /// The whole table or its changes.
    public var exportType: ExportType?

    private init() { self = .unread }
}
