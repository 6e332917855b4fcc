internal import DynamoDB

/// Billing mode and throughput, of the table and of its global secondary indexes.
extension TableUpdate {
    func checkRequestedThroughput() throws(DynamoDBError) {
        try input.provisionedThroughput?.checkBounds()
        try input.onDemandThroughput?.check("for table", allowsNone: true)
        for update in indexUpdates {
            try update.create?.provisionedThroughput?.checkBounds()
            guard let change = update.update else { continue }
            try change.provisionedThroughput?.checkBounds()
            try change.onDemandThroughput?.check("for index : \(change.indexName)", allowsNone: true)
        }
        if input.billingMode == .payPerRequest, input.provisionedThroughput != nil { throw TableUpdate.noUnits }
    }

    private static let noUnits = DynamoDBError.invalidParameter(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")

    func applyThroughput(to record: inout TableRecord) throws(DynamoDBError) {
        try applyTableThroughput(to: &record)
        for update in indexUpdates {
            if let update = update.update { try apply(update, to: &record) }
        }
        try checkIndexUnits(of: record.definition)
        if let bounds = input.onDemandThroughput {
            if record.definition.billingMode != .payPerRequest { try bounds.refuseForProvisioned("") }
            record.definition.onDemandThroughput = record.definition.onDemandThroughput.changed(by: bounds)
        }
    }

    private func applyTableThroughput(to record: inout TableRecord) throws(DynamoDBError) {
        let old = record.definition.provisionedThroughput
        let wasOnDemand = record.definition.billingMode == .payPerRequest
        switch input.billingMode ?? (wasOnDemand ? .payPerRequest : .provisioned) {
        case .payPerRequest:
            guard input.provisionedThroughput == nil else { throw TableUpdate.noUnits }
            guard !wasOnDemand else { return }
            record.definition.billingMode = .payPerRequest
            record.definition.provisionedThroughput = nil
            for position in record.definition.globalSecondaryIndexes?.indices ?? 0..<0 {
                record.definition.globalSecondaryIndexes?[position].provisionedThroughput = nil
            }
            record.history.onDemand = time
        case .provisioned:
            guard let new = input.provisionedThroughput else {
                guard wasOnDemand else { return }
                throw .invalidParameter("ProvisionedThroughput must be specified when BillingMode is PROVISIONED")
            }
            if let old, old == new { throw unchanged(old) }
            if wasOnDemand { record.history.onDemand = record.history.onDemand ?? record.creation }
            record.definition.billingMode = .provisioned
            record.definition.onDemandThroughput = nil
            record.definition.provisionedThroughput = new
            record.history.capacity.note(from: old, to: new, at: time)
        }
    }

    private func apply(
        _ update: UpdateGlobalSecondaryIndexAction, to record: inout TableRecord
    ) throws(DynamoDBError) {
        guard
            let position = record.definition.globalSecondaryIndexes?.firstIndex(where: {
                $0.indexName == update.indexName
            }), var index = record.definition.globalSecondaryIndexes?[position]
        else { throw TableUpdate.indexNotFound(update.indexName, in: record, to: "update") }
        let isOnDemand = record.definition.billingMode == .payPerRequest
        if let new = update.provisionedThroughput {
            guard !isOnDemand else {
                throw .invalidParameter(
                    "The only Updates for index: \(index.indexName) when TableThroughputMode is PAY_PER_REQUEST can be "
                        + "to OnDemandThroughput, WarmThroughput")
            }
            if let old = index.provisionedThroughput, old == new { throw unchanged(old, ofIndex: index.indexName) }
            record.history.indexCapacity[index.indexName, default: .init()].note(
                from: index.provisionedThroughput, to: new, at: time)
            index.provisionedThroughput = new
        }
        if let bounds = update.onDemandThroughput {
            if !isOnDemand { try bounds.refuseForProvisioned(" for index : \(index.indexName)") }
            index.onDemandThroughput = index.onDemandThroughput.changed(by: bounds)
        }
        if let warm = update.warmThroughput { index.warmThroughput = warm }
        record.definition.globalSecondaryIndexes?[position] = index
    }

    /// That every index has units exactly if the table has.
    private func checkIndexUnits(of definition: CreateTableInput) throws(DynamoDBError) {
        for index in definition.globalSecondaryIndexes ?? [] {
            let (name, isNew) = (index.indexName, index.indexName == created)
            switch (definition.billingMode == .payPerRequest, index.provisionedThroughput) {
            case (true, .some):
                throw .invalidParameter(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: \(name) when "
                        + "BillingMode is PAY_PER_REQUEST")
            case (false, nil):
                throw .invalidParameter(
                    isNew
                        ? "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: \(name)"
                        : "ProvisionedThroughput must be specified for index: \(name)")
            default: continue
            }
        }
    }

    private func unchanged(_ units: ProvisionedThroughput, ofIndex index: String? = nil) -> DynamoDBError {
        let (read, write) = (units.readCapacityUnits, units.writeCapacityUnits)
        let subject = index.map { "index \($0)" } ?? "the table"
        return .validation(
            "The provisioned throughput for the \(index.map { "index \($0)" } ?? "table") will not change. The requested "
                + "value equals the current value. Current ReadCapacityUnits provisioned for \(subject): \(read). "
                + "Requested ReadCapacityUnits: \(read). Current WriteCapacityUnits provisioned for \(subject): "
                + "\(write). Requested WriteCapacityUnits: \(write). Refer to the Amazon DynamoDB Developer Guide for "
                + "current limits and how to request higher limits.")
    }
}
