internal import DynamoDB

extension ProvisionedThroughputDescription {
    /// AWS describes a table without provisioned throughput as one of zero units.
    ///
    /// - Parameter time: now, in seconds since 1970.
    init(_ throughput: ProvisionedThroughput?, _ history: TableHistory.Capacity, at time: Double) {
        self.init(
            lastIncreaseDateTime: history.increase, lastDecreaseDateTime: history.decrease,
            numberOfDecreasesToday: history.decreases(today: time),
            readCapacityUnits: throughput?.readCapacityUnits ?? 0,
            writeCapacityUnits: throughput?.writeCapacityUnits ?? 0)
    }
}

extension BillingModeSummary {
    /// Nil for a table that was never on demand, as on AWS.
    init?(_ record: TableRecord) {
        if record.definition.billingMode == .payPerRequest {
            self.init(
                billingMode: .payPerRequest,
                lastUpdateToPayPerRequestDateTime: record.history.onDemand ?? record.creation)
        } else if let time = record.history.onDemand {
            self.init(billingMode: .provisioned, lastUpdateToPayPerRequestDateTime: time)
        } else {
            return nil
        }
    }
}

extension WarmThroughput {
    /// What was asked for; without, what is provisioned or what AWS gives a new table on demand.
    init(_ asked: WarmThroughput?, atLeast provisioned: ProvisionedThroughput?) {
        let read = provisioned?.readCapacityUnits ?? 12_000
        let write = provisioned?.writeCapacityUnits ?? 4_000
        self.init(
            readUnitsPerSecond: max(asked?.readUnitsPerSecond ?? 0, read),
            writeUnitsPerSecond: max(asked?.writeUnitsPerSecond ?? 0, write))
    }
}

extension SSEDescription {
    /// Nil for a table that AWS encrypts with a key of its own. Here nothing is encrypted: the setting is only kept.
    init?(_ specification: SSESpecification?, of table: Table, region: String) {
        guard let specification, specification.enabled == true else { return nil }
        let key = specification.kmsMasterKeyId ?? table.record.uuid
        self.init(
            status: .enabled, sseType: specification.sseType ?? .kms,
            kmsMasterKeyArn: key.hasPrefix("arn:") ? key : "arn:aws:kms:\(region):\(TableARN.account):key/\(key)")
    }
}
