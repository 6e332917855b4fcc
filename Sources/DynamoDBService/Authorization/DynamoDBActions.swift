/// The actions of DynamoDB that policies can name: those of AWS's Service Authorization Reference.
enum DynamoDBActions {
    static let all = Set(names.split(whereSeparator: \.isWhitespace).map(String.init))

    /// The actions that texts such as `dynamodb:Get*` mean, which may be in any case.
    ///
    /// - Throws: for a text that means none: it is a slip of the pen.
    static func named(_ texts: [String]) throws(PolicyError) -> Set<String> {
        var named: Set<String> = []
        for text in texts {
            if text == "*" { return all }
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].lowercased() == "dynamodb" else {
                throw PolicyError("the action \"\(text)\" is not one of dynamodb")
            }
            let pattern = try PolicyPattern(parts[1].lowercased(), wildcards: true, variables: false)
            let meant = all.filter { name in pattern.matches(name.lowercased()) { _ in nil } }
            guard !meant.isEmpty else { throw PolicyError("the action \"\(text)\" is not known") }
            named.formUnion(meant)
        }
        return named
    }

    private static let names = """
        AssociateTableReplica BatchGetItem BatchWriteItem ConditionCheckItem CreateBackup CreateGlobalTable CreateTable
        CreateTableReplica DeleteBackup DeleteItem DeleteResourcePolicy DeleteTable DeleteTableReplica DescribeBackup
        DescribeContinuousBackups DescribeContributorInsights DescribeEndpoints DescribeExport DescribeGlobalTable
        DescribeGlobalTableSettings DescribeImport DescribeKinesisStreamingDestination DescribeLimits
        DescribeReservedCapacity DescribeReservedCapacityOfferings DescribeStream DescribeTable
        DescribeTableReplicaAutoScaling DescribeTimeToLive DisableKinesisStreamingDestination
        EnableKinesisStreamingDestination ExportTableToPointInTime GetAbacStatus GetItem GetRecords GetResourcePolicy
        GetShardIterator ImportTable InjectError ListBackups ListContributorInsights ListExports ListGlobalTables ListImports
        ListStreams ListTables ListTagsOfResource PartiQLDelete PartiQLInsert PartiQLSelect PartiQLUpdate
        PurchaseReservedCapacityOfferings PutItem PutResourcePolicy Query ReadDataForReplication ReplicateSettings
        RestoreTableFromAwsBackup RestoreTableFromBackup RestoreTableToPointInTime Scan SearchVectors StartAwsBackupJob
        TagResource UntagResource UpdateAbacStatus UpdateContinuousBackups UpdateContributorInsights UpdateGlobalTable
        UpdateGlobalTableSettings UpdateGlobalTableVersion UpdateItem UpdateKinesisStreamingDestination UpdateTable
        UpdateTableReplicaAutoScaling UpdateTimeToLive WriteDataForReplication
        """
}
