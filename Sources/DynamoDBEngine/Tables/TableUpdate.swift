internal import DynamoDB

/// One UpdateTable: its checks in AWS's order and words, and what it does to a table's record.
struct TableUpdate: Sendable {
    let input: UpdateTableInput
    /// When the change is made, in seconds since 1970.
    let time: Double

    init(_ input: UpdateTableInput, at time: Double) {
        self.input = input
        self.time = time
    }

    /// The name of the index that is created, if one is.
    var created: String? { input.globalSecondaryIndexUpdates?.lazy.compactMap(\.create).first?.indexName }
    /// The name of the index that is deleted, if one is.
    var deleted: String? { input.globalSecondaryIndexUpdates?.lazy.compactMap(\.delete).first?.indexName }

    /// Checks what can be told without the table.
    func check() throws(DynamoDBError) {
        try checkTableName(input.tableName)
        try checkRequestedThroughput()
        let updates = input.globalSecondaryIndexUpdates ?? []
        guard changesSettings || !updates.isEmpty else {
            throw .validation(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates "
                    + "or SSESpecification or ReplicaUpdates is required")
        }
        try check(updates)
    }

    private var changesSettings: Bool {
        input.billingMode != nil || input.provisionedThroughput != nil || input.streamSpecification != nil
            || input.sseSpecification != nil || input.tableClass != nil || input.deletionProtectionEnabled != nil
            || input.onDemandThroughput != nil || input.warmThroughput != nil
    }

    private func check(_ updates: [GlobalSecondaryIndexUpdate]) throws(DynamoDBError) {
        var names: Set<String> = []
        for update in updates {
            guard let name = update.create?.indexName ?? update.update?.indexName ?? update.delete?.indexName else {
                throw .invalidParameter(
                    "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                        + "GlobalSecondaryIndexUpdate.Delete must not be null")
            }
            guard names.insert(name).inserted else {
                throw .invalidParameter(
                    "Only one global secondary index update per index is allowed simultaneously. Index: \(name)")
            }
        }
        guard updates.count(where: { $0.create != nil || $0.delete != nil }) <= 1 else { throw TableUpdate.oneIndex }
    }

    static let oneIndex = DynamoDBError(
        code: .limitExceededException,
        message: "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table")

    /// Changes the record, or refuses what it does not allow.
    ///
    /// - Parameter mark: ``EngineClock/mark()``, taken now: where a stream begins or ends.
    func apply(to record: inout TableRecord, at mark: UInt64) throws(DynamoDBError) {
        try record.checkUnused()
        try applyIndexes(to: &record)
        try applyThroughput(to: &record)
        try CreateTableValidation.checkIndexes(of: record.definition)
        try applySettings(to: &record, at: mark)
    }

    private func applySettings(to record: inout TableRecord, at mark: UInt64) throws(DynamoDBError) {
        if let stream = input.streamSpecification { try record.change(stream, at: mark) }
        if let protected = input.deletionProtectionEnabled { record.definition.deletionProtectionEnabled = protected }
        if let encryption = input.sseSpecification { record.definition.sseSpecification = encryption }
        if let warm = input.warmThroughput { record.definition.warmThroughput = warm }
        if let tableClass = input.tableClass {
            record.definition.tableClass = tableClass
            record.history.tableClass = time
        }
    }
}

extension DynamoDBError {
    /// A parameter that breaks a rule, with the sentence that AWS begins such messages with.
    static func invalidParameter(_ message: String) -> DynamoDBError {
        .validation("One or more parameter values were invalid: \(message)")
    }
}
