public import DynamoDB

/// The settings of CloudWatch Contributor Insights are kept and told; there is no CloudWatch, and nothing is counted.
extension Engine {
    /// Tells what was asked for a table or a global secondary index.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`, `ValidationException`.
    public func describeContributorInsights(
        _ input: DescribeContributorInsightsInput
    ) async throws -> DescribeContributorInsightsOutput {
        try await perform("DescribeContributorInsights", input, on: input.tableName) { core in
            if let name = input.indexName { try checkIndexName(name) }
            guard let table = core.catalogue.table(named: input.tableName) else {
                throw try tableNotFound(input.tableName)
            }
            let insights = table.record.insights[try table.record.insightsKey(input.indexName)]
            return DescribeContributorInsightsOutput(
                tableName: table.name, indexName: input.indexName,
                contributorInsightsStatus: insights?.isEnabled == true ? .enabled : .disabled,
                lastUpdateDateTime: insights?.changed, contributorInsightsMode: insights?.mode)
        }
    }

    /// Keeps what is asked for a table or a global secondary index. It holds at once.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`, `ValidationException`.
    public func updateContributorInsights(
        _ input: UpdateContributorInsightsInput
    ) async throws -> UpdateContributorInsightsOutput {
        try await perform("UpdateContributorInsights", input, on: input.tableName) { core in
            if let name = input.indexName { try checkIndexName(name) }
            let (isEnabled, time) = (input.contributorInsightsAction == .enable, core.clock.seconds)
            let table = try await core.catalogue.change(input.tableName) { record throws(DynamoDBError) in
                let key = try record.insightsKey(input.indexName)
                let mode =
                    input.contributorInsightsMode ?? record.insights[key]?.mode ?? .accessedAndThrottledKeys
                record.insights[key] = ContributorInsights(isEnabled: isEnabled, mode: mode, changed: time)
            }
            guard let table else { throw try tableNotFound(input.tableName) }
            try await core.syncCatalogue()
            return UpdateContributorInsightsOutput(
                tableName: table.name, indexName: input.indexName,
                contributorInsightsStatus: isEnabled ? .enabling : .disabling,
                contributorInsightsMode: table.record.insights[input.indexName ?? ""]?.mode)
        }
    }

    /// Lists the tables and indexes for which it is on, a table before its indexes.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`, `ValidationException`.
    public func listContributorInsights(
        _ input: ListContributorInsightsInput
    ) async throws -> ListContributorInsightsOutput {
        try await perform("ListContributorInsights", input, on: input.tableName) { core in
            if let most = input.maxResults { try MemberConstraint.value(1, 100).check(most, at: "MaxResults") }
            var tables = core.catalogue.tables
            if let name = input.tableName {
                guard let table = core.catalogue.table(named: name) else { throw try tableNotFound(name) }
                tables = [table]
            }
            var entries = tables.flatMap(\.record.enabledInsights)
            if let start = input.nextToken {
                entries.removeAll { !start.utf8.lexicographicallyPrecedes($0.insightsToken.utf8) }
            }
            let page = Array(entries.prefix(input.maxResults ?? 100))
            return ListContributorInsightsOutput(
                contributorInsightsSummaries: page,
                nextToken: page.count < entries.count ? page.last?.insightsToken : nil)
        }
    }
}

private func checkIndexName(_ name: String) throws(DynamoDBError) {
    guard (3...255).contains(name.utf8.count) else {
        throw .validation("IndexName must be at least 3 characters long and at most 255 characters long")
    }
}

extension TableRecord {
    /// Where the settings of the table or of an index are.
    fileprivate func insightsKey(_ index: String?) throws(DynamoDBError) -> String {
        guard let index else { return "" }
        guard definition.globalSecondaryIndexes?.contains(where: { $0.indexName == index }) == true else {
            throw DynamoDBError(
                code: .resourceNotFoundException,
                message: "Requested resource not found: Index: \(index) not found for table: \(name)")
        }
        return index
    }

    fileprivate var enabledInsights: [ContributorInsightsSummary] {
        insights.filter(\.value.isEnabled).sorted { $0.key < $1.key }.map { index, insights in
            ContributorInsightsSummary(
                tableName: name, indexName: index.isEmpty ? nil : index, contributorInsightsStatus: .enabled,
                contributorInsightsMode: insights.mode)
        }
    }
}

extension ContributorInsightsSummary {
    /// Its place in the list: a space comes before every character that a name can have.
    fileprivate var insightsToken: String { "\(tableName ?? "") \(indexName ?? "")" }
}
