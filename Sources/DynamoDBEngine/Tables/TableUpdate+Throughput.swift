internal import DynamoDB

/// Billing mode and throughput, of the table and of its global secondary indexes.
extension TableUpdate {
    func checkRequestedThroughput() throws(DynamoDBError) {
        try input.provisionedThroughput?.check()
        for update in input.globalSecondaryIndexUpdates ?? [] {
            try update.create?.provisionedThroughput?.check()
            try update.update?.provisionedThroughput?.check()
        }
        if input.billingMode == .payPerRequest, input.provisionedThroughput != nil { throw TableUpdate.noUnits }
    }

    private static let noUnits = DynamoDBError.invalidParameter(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")

    func applyThroughput(to record: inout TableRecord) throws(DynamoDBError) {
        try applyTableThroughput(to: &record)
        for update in input.globalSecondaryIndexUpdates ?? [] {
            if let update = update.update { try apply(update, to: &record) }
        }
        if let bounds = input.onDemandThroughput {
            guard record.definition.billingMode == .payPerRequest else {
                throw .invalidParameter("OnDemandThroughput can be specified only when BillingMode is PAY_PER_REQUEST")
            }
            try bounds.check()
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
            if let old, old == new { throw unchanged(old, "table") }
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
        else { throw TableUpdate.indexNotFound(update.indexName) }
        if let new = update.provisionedThroughput {
            guard record.definition.billingMode != .payPerRequest else { throw TableUpdate.noUnits }
            if let old = index.provisionedThroughput, old == new { throw unchanged(old, "index \(index.indexName)") }
            record.history.indexCapacity[index.indexName, default: .init()].note(
                from: index.provisionedThroughput, to: new, at: time)
            index.provisionedThroughput = new
        }
        if let bounds = update.onDemandThroughput {
            try bounds.check()
            index.onDemandThroughput = index.onDemandThroughput.changed(by: bounds)
        }
        if let warm = update.warmThroughput { index.warmThroughput = warm }
        record.definition.globalSecondaryIndexes?[position] = index
    }

    private func unchanged(_ units: ProvisionedThroughput, _ resource: String) -> DynamoDBError {
        let (read, write) = (units.readCapacityUnits, units.writeCapacityUnits)
        return .validation(
            "The provisioned throughput for the \(resource) will not change. The requested value equals the current "
                + "value. Current ReadCapacityUnits provisioned for the \(resource): \(read). "
                + "Requested ReadCapacityUnits: \(read). Current WriteCapacityUnits provisioned for the \(resource): "
                + "\(write). Requested WriteCapacityUnits: \(write). Refer to the Amazon DynamoDB Developer Guide for "
                + "current limits and how to request higher limits.")
    }
}
