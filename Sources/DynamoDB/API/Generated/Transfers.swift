// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension DescribeExportInput {
    /// Makes a request of its members.
    public init(
        exportArn: String
    ) {
        self.exportArn = exportArn
    }

    package static var unread: Self { Self(exportArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ExportArn", &exportArn)
    }
}

extension DescribeExportOutput {
    /// Makes a response of its members.
    public init(
        exportDescription: ExportDescription? = nil
    ) {
        self.exportDescription = exportDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExportDescription", &exportDescription)
    }
}

extension ExportDescription {
    /// Makes a value of its members.
    public init(
        exportArn: String? = nil,
        exportStatus: ExportStatus? = nil,
        startTime: Double? = nil,
        endTime: Double? = nil,
        exportManifest: String? = nil,
        tableArn: String? = nil,
        tableId: String? = nil,
        exportTime: Double? = nil,
        clientToken: String? = nil,
        s3Bucket: String? = nil,
        s3BucketOwner: String? = nil,
        s3Prefix: String? = nil,
        s3SseAlgorithm: S3SseAlgorithm? = nil,
        s3SseKmsKeyId: String? = nil,
        failureCode: String? = nil,
        failureMessage: String? = nil,
        exportFormat: ExportFormat? = nil,
        billedSizeBytes: Int? = nil,
        itemCount: Int? = nil,
        exportType: ExportType? = nil,
        incrementalExportSpecification: IncrementalExportSpecification? = nil,
        filterSpecification: FilterSpecification? = nil
    ) {
        self.exportArn = exportArn
        self.exportStatus = exportStatus
        self.startTime = startTime
        self.endTime = endTime
        self.exportManifest = exportManifest
        self.tableArn = tableArn
        self.tableId = tableId
        self.exportTime = exportTime
        self.clientToken = clientToken
        self.s3Bucket = s3Bucket
        self.s3BucketOwner = s3BucketOwner
        self.s3Prefix = s3Prefix
        self.s3SseAlgorithm = s3SseAlgorithm
        self.s3SseKmsKeyId = s3SseKmsKeyId
        self.failureCode = failureCode
        self.failureMessage = failureMessage
        self.exportFormat = exportFormat
        self.billedSizeBytes = billedSizeBytes
        self.itemCount = itemCount
        self.exportType = exportType
        self.incrementalExportSpecification = incrementalExportSpecification
        self.filterSpecification = filterSpecification
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExportArn", &exportArn)
        try members.optional("ExportStatus", &exportStatus)
        try members.optional("StartTime", &startTime)
        try members.optional("EndTime", &endTime)
        try members.optional("ExportManifest", &exportManifest)
        try members.optional("TableArn", &tableArn)
        try members.optional("TableId", &tableId)
        try members.optional("ExportTime", &exportTime)
        try members.optional("ClientToken", &clientToken)
        try members.optional("S3Bucket", &s3Bucket)
        try members.optional("S3BucketOwner", &s3BucketOwner)
        try members.optional("S3Prefix", &s3Prefix)
        try members.optional("S3SseAlgorithm", &s3SseAlgorithm)
        try members.optional("S3SseKmsKeyId", &s3SseKmsKeyId)
        try members.optional("FailureCode", &failureCode)
        try members.optional("FailureMessage", &failureMessage)
        try members.optional("ExportFormat", &exportFormat)
        try members.optional("BilledSizeBytes", &billedSizeBytes)
        try members.optional("ItemCount", &itemCount)
        try members.optional("ExportType", &exportType)
        try members.optional("IncrementalExportSpecification", &incrementalExportSpecification)
        try members.optional("FilterSpecification", &filterSpecification)
    }
}

extension ExportFormat {
    package static var namesInErrors: String { "DYNAMODB_JSON, ION" }
}

extension ExportSummary {
    /// Makes a value of its members.
    public init(
        exportArn: String? = nil,
        exportStatus: ExportStatus? = nil,
        exportType: ExportType? = nil
    ) {
        self.exportArn = exportArn
        self.exportStatus = exportStatus
        self.exportType = exportType
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExportArn", &exportArn)
        try members.optional("ExportStatus", &exportStatus)
        try members.optional("ExportType", &exportType)
    }
}

extension ExportTableToPointInTimeInput {
    /// Makes a request of its members.
    public init(
        tableArn: String,
        s3Bucket: String,
        exportTime: Double? = nil,
        clientToken: String? = nil,
        s3BucketOwner: String? = nil,
        s3Prefix: String? = nil,
        s3SseAlgorithm: S3SseAlgorithm? = nil,
        s3SseKmsKeyId: String? = nil,
        exportFormat: ExportFormat? = nil,
        exportType: ExportType? = nil,
        incrementalExportSpecification: IncrementalExportSpecification? = nil,
        filterSpecification: FilterSpecification? = nil
    ) {
        self.tableArn = tableArn
        self.s3Bucket = s3Bucket
        self.exportTime = exportTime
        self.clientToken = clientToken
        self.s3BucketOwner = s3BucketOwner
        self.s3Prefix = s3Prefix
        self.s3SseAlgorithm = s3SseAlgorithm
        self.s3SseKmsKeyId = s3SseKmsKeyId
        self.exportFormat = exportFormat
        self.exportType = exportType
        self.incrementalExportSpecification = incrementalExportSpecification
        self.filterSpecification = filterSpecification
    }

    package static var unread: Self { Self(tableArn: .init(), s3Bucket: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ClientToken", &clientToken)
        try members.optional("S3SseAlgorithm", &s3SseAlgorithm)
        try members.optional("S3Prefix", &s3Prefix)
        try members.required("S3Bucket", &s3Bucket)
        try members.required("TableArn", &tableArn)
        try members.optional("FilterSpecification", &filterSpecification)
        try members.optional("ExportTime", &exportTime)
        try members.optional("ExportType", &exportType)
        try members.optional("IncrementalExportSpecification", &incrementalExportSpecification)
        try members.optional("S3BucketOwner", &s3BucketOwner)
        try members.optional("S3SseKmsKeyId", &s3SseKmsKeyId)
        try members.optional("ExportFormat", &exportFormat)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("S3Prefix", s3Prefix, .length(nil, 1_024))
        check.check("S3Bucket", s3Bucket, .length(nil, 255))
        check.check("TableArn", tableArn, .tableReference)
        check.check("S3SseKmsKeyId", s3SseKmsKeyId, .length(1, 2_048))
    }
}

extension ExportTableToPointInTimeOutput {
    /// Makes a response of its members.
    public init(
        exportDescription: ExportDescription? = nil
    ) {
        self.exportDescription = exportDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExportDescription", &exportDescription)
    }
}

extension ExportType {
    package static var namesInErrors: String { "FULL_EXPORT, INCREMENTAL_EXPORT" }
}

extension ExportViewType {
    package static var namesInErrors: String { "NEW_IMAGE, NEW_AND_OLD_IMAGES" }
}

extension FilterSpecification {
    /// Makes a value of its members.
    public init(
        filterExpression: String? = nil,
        projectionExpression: String? = nil,
        keyConditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil
    ) {
        self.filterExpression = filterExpression
        self.projectionExpression = projectionExpression
        self.keyConditionExpression = keyConditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("KeyConditionExpression", &keyConditionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("FilterExpression", &filterExpression)
    }
}

extension IncrementalExportSpecification {
    /// Makes a value of its members.
    public init(
        exportFromTime: Double? = nil,
        exportToTime: Double? = nil,
        exportViewType: ExportViewType? = nil
    ) {
        self.exportFromTime = exportFromTime
        self.exportToTime = exportToTime
        self.exportViewType = exportViewType
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExportFromTime", &exportFromTime)
        try members.optional("ExportViewType", &exportViewType)
        try members.optional("ExportToTime", &exportToTime)
    }
}

extension ListExportsInput {
    /// Makes a request of its members.
    public init(
        tableArn: String? = nil,
        maxResults: Int? = nil,
        nextToken: String? = nil
    ) {
        self.tableArn = tableArn
        self.maxResults = maxResults
        self.nextToken = nextToken
    }

    package static var unread: Self { Self() }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("MaxResults", &maxResults)
        try members.optional("NextToken", &nextToken)
        try members.optional("TableArn", &tableArn)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("MaxResults", maxResults, .value(1, 25))
        check.check("TableArn", tableArn, .tableReference)
    }
}

extension ListExportsOutput {
    /// Makes a response of its members.
    public init(
        exportSummaries: [ExportSummary]? = nil,
        nextToken: String? = nil
    ) {
        self.exportSummaries = exportSummaries
        self.nextToken = nextToken
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExportSummaries", &exportSummaries)
        try members.optional("NextToken", &nextToken)
    }
}

extension S3SseAlgorithm {
    package static var namesInErrors: String { "AES256, KMS" }
}

extension CsvOptions {
    /// Makes a value of its members.
    public init(
        delimiter: String? = nil,
        headerList: [String]? = nil
    ) {
        self.delimiter = delimiter
        self.headerList = headerList
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("HeaderList", &headerList)
        try members.optional("Delimiter", &delimiter)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("HeaderList", headerList, .count(1, 255))
        check.check("Delimiter", delimiter, .length(1, 1))
    }
}

extension DescribeImportInput {
    /// Makes a request of its members.
    public init(
        importArn: String
    ) {
        self.importArn = importArn
    }

    package static var unread: Self { Self(importArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ImportArn", &importArn)
    }
}

extension DescribeImportOutput {
    /// Makes a response of its members.
    public init(
        importTableDescription: ImportTableDescription
    ) {
        self.importTableDescription = importTableDescription
    }

    package static var unread: Self { Self(importTableDescription: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ImportTableDescription", &importTableDescription)
    }
}

extension ImportSummary {
    /// Makes a value of its members.
    public init(
        importArn: String? = nil,
        importStatus: ImportStatus? = nil,
        tableArn: String? = nil,
        s3BucketSource: S3BucketSource? = nil,
        cloudWatchLogGroupArn: String? = nil,
        inputFormat: InputFormat? = nil,
        startTime: Double? = nil,
        endTime: Double? = nil
    ) {
        self.importArn = importArn
        self.importStatus = importStatus
        self.tableArn = tableArn
        self.s3BucketSource = s3BucketSource
        self.cloudWatchLogGroupArn = cloudWatchLogGroupArn
        self.inputFormat = inputFormat
        self.startTime = startTime
        self.endTime = endTime
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ImportArn", &importArn)
        try members.optional("ImportStatus", &importStatus)
        try members.optional("TableArn", &tableArn)
        try members.optional("S3BucketSource", &s3BucketSource)
        try members.optional("CloudWatchLogGroupArn", &cloudWatchLogGroupArn)
        try members.optional("InputFormat", &inputFormat)
        try members.optional("StartTime", &startTime)
        try members.optional("EndTime", &endTime)
    }
}

extension ImportTableDescription {
    /// Makes a value of its members.
    public init(
        importArn: String? = nil,
        importStatus: ImportStatus? = nil,
        tableArn: String? = nil,
        tableId: String? = nil,
        clientToken: String? = nil,
        s3BucketSource: S3BucketSource? = nil,
        errorCount: Int? = nil,
        cloudWatchLogGroupArn: String? = nil,
        inputFormat: InputFormat? = nil,
        inputFormatOptions: InputFormatOptions? = nil,
        inputCompressionType: InputCompressionType? = nil,
        tableCreationParameters: TableCreationParameters? = nil,
        startTime: Double? = nil,
        endTime: Double? = nil,
        processedSizeBytes: Int? = nil,
        processedItemCount: Int? = nil,
        importedItemCount: Int? = nil,
        failureCode: String? = nil,
        failureMessage: String? = nil
    ) {
        self.importArn = importArn
        self.importStatus = importStatus
        self.tableArn = tableArn
        self.tableId = tableId
        self.clientToken = clientToken
        self.s3BucketSource = s3BucketSource
        self.errorCount = errorCount
        self.cloudWatchLogGroupArn = cloudWatchLogGroupArn
        self.inputFormat = inputFormat
        self.inputFormatOptions = inputFormatOptions
        self.inputCompressionType = inputCompressionType
        self.tableCreationParameters = tableCreationParameters
        self.startTime = startTime
        self.endTime = endTime
        self.processedSizeBytes = processedSizeBytes
        self.processedItemCount = processedItemCount
        self.importedItemCount = importedItemCount
        self.failureCode = failureCode
        self.failureMessage = failureMessage
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ImportArn", &importArn)
        try members.optional("ImportStatus", &importStatus)
        try members.optional("TableArn", &tableArn)
        try members.optional("TableId", &tableId)
        try members.optional("ClientToken", &clientToken)
        try members.optional("S3BucketSource", &s3BucketSource)
        try members.optional("ErrorCount", &errorCount)
        try members.optional("CloudWatchLogGroupArn", &cloudWatchLogGroupArn)
        try members.optional("InputFormat", &inputFormat)
        try members.optional("InputFormatOptions", &inputFormatOptions)
        try members.optional("InputCompressionType", &inputCompressionType)
        try members.optional("TableCreationParameters", &tableCreationParameters)
        try members.optional("StartTime", &startTime)
        try members.optional("EndTime", &endTime)
        try members.optional("ProcessedSizeBytes", &processedSizeBytes)
        try members.optional("ProcessedItemCount", &processedItemCount)
        try members.optional("ImportedItemCount", &importedItemCount)
        try members.optional("FailureCode", &failureCode)
        try members.optional("FailureMessage", &failureMessage)
    }
}

extension ImportTableInput {
    /// Makes a request of its members.
    public init(
        s3BucketSource: S3BucketSource,
        inputFormat: InputFormat,
        tableCreationParameters: TableCreationParameters,
        clientToken: String? = nil,
        inputFormatOptions: InputFormatOptions? = nil,
        inputCompressionType: InputCompressionType? = nil
    ) {
        self.s3BucketSource = s3BucketSource
        self.inputFormat = inputFormat
        self.tableCreationParameters = tableCreationParameters
        self.clientToken = clientToken
        self.inputFormatOptions = inputFormatOptions
        self.inputCompressionType = inputCompressionType
    }

    package static var unread: Self { Self(s3BucketSource: .unread, inputFormat: .dynamodbJson, tableCreationParameters: .unread) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableCreationParameters", &tableCreationParameters)
        try members.optional("InputCompressionType", &inputCompressionType)
        try members.optional("ClientToken", &clientToken)
        try members.optional("InputFormatOptions", &inputFormatOptions)
        try members.required("S3BucketSource", &s3BucketSource)
        try members.required("InputFormat", &inputFormat)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: tableCreationParameters, at: "TableCreationParameters")
        check.look(into: inputFormatOptions, at: "InputFormatOptions")
        check.look(into: s3BucketSource, at: "S3BucketSource")
    }
}

extension ImportTableOutput {
    /// Makes a response of its members.
    public init(
        importTableDescription: ImportTableDescription
    ) {
        self.importTableDescription = importTableDescription
    }

    package static var unread: Self { Self(importTableDescription: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ImportTableDescription", &importTableDescription)
    }
}

extension InputCompressionType {
    package static var namesInErrors: String { "GZIP, ZSTD, NONE" }
}

extension InputFormat {
    package static var namesInErrors: String { "DYNAMODB_JSON, ION, CSV" }
}

extension InputFormatOptions {
    /// Makes a value of its members.
    public init(
        csv: CsvOptions? = nil
    ) {
        self.csv = csv
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Csv", &csv)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: csv, at: "Csv")
    }
}

extension ListImportsInput {
    /// Makes a request of its members.
    public init(
        tableArn: String? = nil,
        pageSize: Int? = nil,
        nextToken: String? = nil
    ) {
        self.tableArn = tableArn
        self.pageSize = pageSize
        self.nextToken = nextToken
    }

    package static var unread: Self { Self() }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("NextToken", &nextToken)
        try members.optional("PageSize", &pageSize)
        try members.optional("TableArn", &tableArn)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("NextToken", nextToken, .length(112, 1_024))
        check.check("PageSize", pageSize, .value(1, 25))
        check.check("TableArn", tableArn, .tableReference)
    }
}

extension ListImportsOutput {
    /// Makes a response of its members.
    public init(
        importSummaryList: [ImportSummary]? = nil,
        nextToken: String? = nil
    ) {
        self.importSummaryList = importSummaryList
        self.nextToken = nextToken
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ImportSummaryList", &importSummaryList)
        try members.optional("NextToken", &nextToken)
    }
}

extension S3BucketSource {
    /// Makes a value of its members.
    public init(
        s3Bucket: String,
        s3BucketOwner: String? = nil,
        s3KeyPrefix: String? = nil
    ) {
        self.s3Bucket = s3Bucket
        self.s3BucketOwner = s3BucketOwner
        self.s3KeyPrefix = s3KeyPrefix
    }

    package static var unread: Self { Self(s3Bucket: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("S3BucketOwner", &s3BucketOwner)
        try members.optional("S3KeyPrefix", &s3KeyPrefix)
        try members.required("S3Bucket", &s3Bucket)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("S3KeyPrefix", s3KeyPrefix, .length(nil, 1_024))
        check.check("S3Bucket", s3Bucket, .length(nil, 255))
    }
}

extension TableCreationParameters {
    /// Makes a value of its members.
    public init(
        tableName: String,
        attributeDefinitions: [AttributeDefinition],
        keySchema: [KeySchemaElement],
        billingMode: BillingMode? = nil,
        provisionedThroughput: ProvisionedThroughput? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        sseSpecification: SSESpecification? = nil,
        globalSecondaryIndexes: [GlobalSecondaryIndex]? = nil,
        vectorIndexes: [VectorIndex]? = nil
    ) {
        self.tableName = tableName
        self.attributeDefinitions = attributeDefinitions
        self.keySchema = keySchema
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.onDemandThroughput = onDemandThroughput
        self.sseSpecification = sseSpecification
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.vectorIndexes = vectorIndexes
    }

    package static var unread: Self { Self(tableName: .init(), attributeDefinitions: .init(), keySchema: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("BillingMode", &billingMode)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("SSESpecification", &sseSpecification)
        try members.required("AttributeDefinitions", &attributeDefinitions)
        try members.required("KeySchema", &keySchema)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
        try members.required("TableName", &tableName)
        try members.optional("VectorIndexes", &vectorIndexes)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: globalSecondaryIndexes, at: "GlobalSecondaryIndexes")
        check.look(into: attributeDefinitions, at: "AttributeDefinitions")
        check.check("KeySchema", keySchema, .count(1, nil))
        check.look(into: keySchema, at: "KeySchema")
        check.look(into: provisionedThroughput, at: "ProvisionedThroughput")
        check.check("TableName", tableName, .length(3, 255, .name))
        check.look(into: vectorIndexes, at: "VectorIndexes")
    }
}
