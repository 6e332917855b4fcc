import DynamoDB

extension ProvisionedThroughput {
    /// Refuses more units than any table can have.
    func checkBounds() throws(DynamoDBError) {
        for (name, units) in [
            ("ReadCapacityUnits", readCapacityUnits), ("WriteCapacityUnits", writeCapacityUnits),
        ] where units > Limits.capacityUnits {
            throw .validation("Given value \(units) for \(name) is out of bounds")
        }
    }
}

extension OnDemandThroughput {
    private var members: [(name: String, units: Int?)] {
        [("MaxReadRequestUnits", maxReadRequestUnits), ("MaxWriteRequestUnits", maxWriteRequestUnits)]
    }

    /// Refuses bounds that no table can have.
    ///
    /// - Parameters:
    ///   - subject: what they bound: `for table`, or `for index : ` and a name.
    ///   - allowsNone: whether -1 lifts a bound.
    func check(_ subject: String, allowsNone: Bool) throws(DynamoDBError) {
        for case (let name, let units?) in members where units < 1 && !(allowsNone && units == -1) {
            throw .invalidParameter("Requested \(name) for OnDemandThroughput \(subject) is outside of valid range")
        }
    }

    /// Refuses bounds for what is provisioned.
    ///
    /// - Parameter subject: ` for index: ` and a name, or nothing for a table.
    func refuseForProvisioned(_ subject: String) throws(DynamoDBError) {
        guard let name = members.first(where: { $0.units != nil })?.name else { return }
        throw .invalidParameter(
            "\(name) for OnDemandThroughput\(subject) cannot be specified when the table BillingMode is PROVISIONED")
    }
}

extension OnDemandThroughput? {
    /// These bounds with those that the request gives in their place; -1 lifts one.
    func changed(by bounds: OnDemandThroughput) -> OnDemandThroughput? {
        let read = bounds.maxReadRequestUnits ?? self?.maxReadRequestUnits
        let write = bounds.maxWriteRequestUnits ?? self?.maxWriteRequestUnits
        return OnDemandThroughput(maxReadRequestUnits: read, maxWriteRequestUnits: write)
    }
}

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
    /// What is true of a table whose maker asked for encryption: AES-256 by a key of the directory's, or none. Nil, as on
    /// AWS, for one where nobody asked. A KMS key that was named is kept with the table and not used, so it is not told.
    init?(_ specification: SSESpecification?, isEncrypted: Bool) {
        guard let specification, specification.enabled == true else { return nil }
        self.init(status: isEncrypted ? .enabled : .disabled, sseType: isEncrypted ? .aes256 : nil)
    }
}
