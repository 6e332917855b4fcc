package import DynamoDB

// What operations on tables, streams and backups do.

/// An operation that does the action of its name to one table.
private protocol TableAccessTelling: AccessTelling {
    static var action: String { get }
    var tableName: String { get }
}

extension TableAccessTelling {
    package func accesses(_: AccessedTables) -> [Access] { [Access(Self.action, table: tableName)] }
}

extension DescribeTableInput: TableAccessTelling { static var action: String { "DescribeTable" } }
extension UpdateTableInput: TableAccessTelling { static var action: String { "UpdateTable" } }
extension DeleteTableInput: TableAccessTelling { static var action: String { "DeleteTable" } }
extension UpdateTimeToLiveInput: TableAccessTelling { static var action: String { "UpdateTimeToLive" } }
extension DescribeTimeToLiveInput: TableAccessTelling { static var action: String { "DescribeTimeToLive" } }
extension CreateBackupInput: TableAccessTelling { static var action: String { "CreateBackup" } }
extension DescribeContinuousBackupsInput: TableAccessTelling {
    static var action: String { "DescribeContinuousBackups" }
}
extension UpdateContinuousBackupsInput: TableAccessTelling {
    static var action: String { "UpdateContinuousBackups" }
}
extension DescribeKinesisStreamingDestinationInput: TableAccessTelling {
    static var action: String { "DescribeKinesisStreamingDestination" }
}
extension EnableKinesisStreamingDestinationInput: TableAccessTelling {
    static var action: String { "EnableKinesisStreamingDestination" }
}
extension DisableKinesisStreamingDestinationInput: TableAccessTelling {
    static var action: String { "DisableKinesisStreamingDestination" }
}
extension UpdateKinesisStreamingDestinationInput: TableAccessTelling {
    static var action: String { "UpdateKinesisStreamingDestination" }
}
extension DescribeTableReplicaAutoScalingInput: TableAccessTelling {
    static var action: String { "DescribeTableReplicaAutoScaling" }
}
extension UpdateTableReplicaAutoScalingInput: TableAccessTelling {
    static var action: String { "UpdateTableReplicaAutoScaling" }
}

extension CreateTableInput: AccessTelling {
    package func accesses(_: AccessedTables) -> [Access] {
        var actions = ["CreateTable"]
        if tags?.isEmpty == false { actions.append("TagResource") }
        if resourcePolicy != nil { actions.append("PutResourcePolicy") }
        return actions.map { Access($0, table: tableName) }
    }
}

extension DescribeContributorInsightsInput: AccessTelling {
    package func accesses(_: AccessedTables) -> [Access] {
        [Access("DescribeContributorInsights", table: tableName, index: indexName)]
    }
}

extension UpdateContributorInsightsInput: AccessTelling {
    package func accesses(_: AccessedTables) -> [Access] {
        [Access("UpdateContributorInsights", table: tableName, index: indexName)]
    }
}

// MARK: - What is not of one table

/// An operation that does the action of its name to everything.
private protocol WideAccessTelling: AccessTelling {
    static var action: String { get }
}

extension WideAccessTelling {
    package func accesses(_: AccessedTables) -> [Access] { [Access(Self.action, on: "*")] }
}

extension ListBackupsInput: WideAccessTelling { static var action: String { "ListBackups" } }
extension ListExportsInput: WideAccessTelling { static var action: String { "ListExports" } }
extension ListImportsInput: WideAccessTelling { static var action: String { "ListImports" } }
extension ListGlobalTablesInput: WideAccessTelling { static var action: String { "ListGlobalTables" } }
extension ListContributorInsightsInput: WideAccessTelling { static var action: String { "ListContributorInsights" } }
extension DescribeLimitsInput: WideAccessTelling { static var action: String { "DescribeLimits" } }
extension DescribeEndpointsInput: WideAccessTelling { static var action: String { "DescribeEndpoints" } }

extension ListTablesInput: AccessTelling {
    package func accesses(_: AccessedTables) -> [Access] { [Access("ListTables", table: "*")] }
}

extension ListStreamsInput: AccessTelling {
    package func accesses(_: AccessedTables) -> [Access] {
        [Access("ListStreams", on: "table/\(tableName.map { TableARN.name(of: $0) } ?? "*")/stream/*")]
    }
}

// MARK: - What an ARN names

/// An operation that does the action of its name to the resource of an ARN.
private protocol ARNAccessTelling: AccessTelling {
    static var action: String { get }
    var accessedARN: String { get }
}

extension ARNAccessTelling {
    package func accesses(_: AccessedTables) -> [Access] { [Access(Self.action, on: AccessedTables.path(accessedARN))] }
}

extension TagResourceInput: ARNAccessTelling {
    static var action: String { "TagResource" }
    var accessedARN: String { resourceArn }
}
extension UntagResourceInput: ARNAccessTelling {
    static var action: String { "UntagResource" }
    var accessedARN: String { resourceArn }
}
extension ListTagsOfResourceInput: ARNAccessTelling {
    static var action: String { "ListTagsOfResource" }
    var accessedARN: String { resourceArn }
}
extension PutResourcePolicyInput: ARNAccessTelling {
    static var action: String { "PutResourcePolicy" }
    var accessedARN: String { resourceArn }
}
extension GetResourcePolicyInput: ARNAccessTelling {
    static var action: String { "GetResourcePolicy" }
    var accessedARN: String { resourceArn }
}
extension DeleteResourcePolicyInput: ARNAccessTelling {
    static var action: String { "DeleteResourcePolicy" }
    var accessedARN: String { resourceArn }
}
extension DescribeBackupInput: ARNAccessTelling {
    static var action: String { "DescribeBackup" }
    var accessedARN: String { backupArn }
}
extension DeleteBackupInput: ARNAccessTelling {
    static var action: String { "DeleteBackup" }
    var accessedARN: String { backupArn }
}
extension ExportTableToPointInTimeInput: ARNAccessTelling {
    static var action: String { "ExportTableToPointInTime" }
    var accessedARN: String { tableArn }
}
extension DescribeExportInput: ARNAccessTelling {
    static var action: String { "DescribeExport" }
    var accessedARN: String { exportArn }
}
extension DescribeImportInput: ARNAccessTelling {
    static var action: String { "DescribeImport" }
    var accessedARN: String { importArn }
}

extension ImportTableInput: AccessTelling {
    package func accesses(_: AccessedTables) -> [Access] {
        [Access("ImportTable", table: tableCreationParameters.tableName)]
    }
}

// MARK: - Restores

extension Access {
    /// What AWS asks for beside, of who restores to a table.
    fileprivate static func restoring(_ action: String, to table: String) -> [Access] {
        [
            action, "BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem",
        ].map { Access($0, table: table) }
    }
}

extension RestoreTableFromBackupInput: AccessTelling {
    package func accesses(_: AccessedTables) -> [Access] {
        let action = "RestoreTableFromBackup"
        return [Access(action, on: AccessedTables.path(backupArn))] + Access.restoring(action, to: targetTableName)
    }
}

extension RestoreTableToPointInTimeInput: AccessTelling {
    package func accesses(_: AccessedTables) -> [Access] {
        let action = "RestoreTableToPointInTime"
        let sources = [sourceTableName, sourceTableArn].compactMap { $0 }
        return sources.map { Access(action, table: $0) } + Access.restoring(action, to: targetTableName)
    }
}

// MARK: - Streams

extension DescribeStreamInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        [Access("DescribeStream", on: tables.stream(streamArn))]
    }
}

extension GetShardIteratorInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        [Access("GetShardIterator", on: tables.stream(streamArn))]
    }
}

extension GetRecordsInput: AccessTelling {
    package func accesses(_ tables: AccessedTables) -> [Access] {
        // What is no iterator reads nothing.
        guard let iterator = try? ShardIterator(shardIterator) else { return [] }
        return [Access("GetRecords", on: tables.stream(iterator.arn))]
    }
}

// MARK: - Global tables

/// An operation that does the action of its name to one global table.
private protocol GlobalTableAccessTelling: AccessTelling {
    static var action: String { get }
    var globalTableName: String { get }
}

extension GlobalTableAccessTelling {
    package func accesses(_: AccessedTables) -> [Access] {
        [Access(Self.action, on: "global-table/\(globalTableName)"), Access(Self.action, table: globalTableName)]
    }
}

extension CreateGlobalTableInput: GlobalTableAccessTelling { static var action: String { "CreateGlobalTable" } }
extension DescribeGlobalTableInput: GlobalTableAccessTelling { static var action: String { "DescribeGlobalTable" } }
extension UpdateGlobalTableInput: GlobalTableAccessTelling { static var action: String { "UpdateGlobalTable" } }
extension DescribeGlobalTableSettingsInput: GlobalTableAccessTelling {
    static var action: String { "DescribeGlobalTableSettings" }
}
extension UpdateGlobalTableSettingsInput: GlobalTableAccessTelling {
    static var action: String { "UpdateGlobalTableSettings" }
}
