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

    var indexUpdates: [GlobalSecondaryIndexUpdate] { input.globalSecondaryIndexUpdates ?? [] }
    private var vectorUpdates: [VectorIndexUpdate] { input.vectorIndexUpdates ?? [] }
    /// The name of the index that is created, if one is.
    var created: String? {
        indexUpdates.lazy.compactMap(\.create).first?.indexName
            ?? vectorUpdates.lazy.compactMap(\.create).first?.indexName
    }
    /// The name of the index that is deleted, if one is.
    var deleted: String? {
        indexUpdates.lazy.compactMap(\.delete).first?.indexName
            ?? vectorUpdates.lazy.compactMap(\.delete).first?.indexName
    }

    /// Checks what can be told without the table.
    func check() throws(DynamoDBError) {
        try checkTableName(input.tableName)
        try checkCombination()
        try checkRequestedThroughput()
        if let updates = input.globalSecondaryIndexUpdates { try check(updates) }
        if let updates = input.vectorIndexUpdates { try check(updates) }
        try input.streamSpecification?.checkForUpdate()
        try input.sseSpecification?.check()
    }

    private func check(_ updates: [GlobalSecondaryIndexUpdate]) throws(DynamoDBError) {
        if updates.isEmpty { throw .invalidParameter("List of GlobalSecondaryIndexUpdates is empty") }
        var names: Set<String> = []
        for update in updates {
            let given = [update.create?.indexName, update.update?.indexName, update.delete?.indexName].compactMap(
                \.self)
            guard let name = given.first else {
                throw .invalidParameter(
                    "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                        + "GlobalSecondaryIndexUpdate.Delete must not be null")
            }
            guard given.count == 1 else {
                throw .invalidParameter(
                    "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object")
            }
            guard names.insert(name).inserted else {
                throw .invalidParameter(
                    "Only one global secondary index update per index is allowed simultaneously. Index: \(name)")
            }
        }
        guard updates.count(where: { $0.create != nil || $0.delete != nil }) <= 1 else { throw TableUpdate.oneIndex }
    }

    private func check(_ updates: [VectorIndexUpdate]) throws(DynamoDBError) {
        if updates.isEmpty { throw .invalidParameter("List of VectorIndexUpdates is empty") }
        for update in updates {
            switch (update.create, update.delete) {
            case (nil, nil):
                throw .invalidParameter("One of VectorIndexUpdate.Create, VectorIndexUpdate.Delete must not be null")
            case (.some, .some):
                throw .invalidParameter("Only one vector index action is allowed per VectorIndexUpdate object")
            default: continue
            }
        }
        guard updates.count + indexUpdates.count(where: { $0.create != nil || $0.delete != nil }) <= 1 else {
            throw TableUpdate.oneIndex
        }
    }

    static let oneIndex = DynamoDBError(
        code: .limitExceededException,
        message: "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table")

    /// Changes the record, or refuses what it does not allow.
    ///
    /// - Parameter mark: ``EngineClock/mark()``, taken now: where a stream begins or ends.
    func apply(to record: inout TableRecord, at mark: UInt64) throws(DynamoDBError) {
        try checkAllocation(record)
        try record.checkUnused()
        try applyIndexes(to: &record)
        try applyThroughput(to: &record)
        guard record.definition.billingMode == .payPerRequest || record.definition.vectorIndexes == nil else {
            throw .vectorsArePaidPerRequest
        }
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

// MARK: - What may stand together
extension TableUpdate {
    /// AWS makes one change at a time: most settings cannot be changed together with others.
    private func checkCombination() throws(DynamoDBError) {
        let replicas = input.replicaUpdates ?? []
        let changesStream = input.streamSpecification != nil
        let changesUnits = input.provisionedThroughput != nil || input.billingMode == .provisioned
        let changesIndexes = !indexUpdates.isEmpty || !vectorUpdates.isEmpty
        let count = [
            input.billingMode != nil || input.provisionedThroughput != nil, changesIndexes, changesStream,
            input.sseSpecification != nil, input.tableClass != nil, input.deletionProtectionEnabled != nil,
            input.onDemandThroughput != nil, input.warmThroughput != nil, !replicas.isEmpty,
        ].count(where: \.self)
        guard count > 0 else { throw nothing }
        if !replicas.isEmpty {
            guard count == 1 else {
                throw .invalidParameter("Replica modification must be the only operation in the request")
            }
            try refuse(replicas)
        }
        guard input.globalTableSettingsReplicationMode == nil, input.multiRegionConsistency == nil,
            (input.globalTableWitnessUpdates ?? []).isEmpty
        else { throw .noReplicas }
        guard count > 1 else { return }
        for (isGiven, name) in [
            (input.sseSpecification != nil, "Server-Side Encryption modification"),
            (input.tableClass != nil, "TableClass modification"),
            (input.deletionProtectionEnabled != nil, "DeletionProtection modification"),
        ] where isGiven {
            throw .invalidParameter("\(name) must be the only operation in the request")
        }
        if input.warmThroughput != nil {
            throw .invalidParameter(
                created == nil
                    ? "WarmThroughput must be the only operation in the request"
                    : "Create global secondary index cannot be specified when updating WarmThroughput")
        }
        if input.onDemandThroughput != nil, changesStream || changesIndexes || input.provisionedThroughput != nil {
            throw .invalidParameter(
                "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request")
        }
        if changesStream, changesUnits {
            throw .invalidParameter("You cannot modify stream status while updating table IOPS")
        }
        guard created != nil || deleted != nil else { return }
        if changesUnits { throw .invalidParameter("You cannot create or delete index while updating table IOPS") }
        if changesStream {
            throw .invalidParameter("You cannot create or delete index while changing stream status")
        }
    }

    /// There are no replicas, and none can be added.
    private func refuse(_ replicas: [ReplicationGroupUpdate]) throws(DynamoDBError) {
        guard replicas.allSatisfy({ $0.create == nil }) else { throw .noReplicas }
        let regions = replicas.compactMap { $0.update?.regionName ?? $0.delete?.regionName }
        guard !regions.isEmpty else {
            throw .validation("There are no actions specified in the Replica Update Action of the request.")
        }
        throw .validation(
            "Update global table operation failed because one or more replicas were not part of the global table. "
                + "Please retry the request without these replicas: [\(regions.joined(separator: ", "))].")
    }

    /// AWS names what could have been asked, but for what was.
    private var nothing: DynamoDBError {
        let consistency = input.multiRegionConsistency == nil ? "MultiRegionConsistency, " : ""
        return .validation(
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
                + "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, \(consistency)"
                + "DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required")
    }
}
