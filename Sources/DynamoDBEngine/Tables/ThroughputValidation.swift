internal import DynamoDB

extension ProvisionedThroughput {
    /// Refuses units that no table can have.
    func check() throws(DynamoDBError) {
        for (name, units) in [
            ("ReadCapacityUnits", readCapacityUnits), ("WriteCapacityUnits", writeCapacityUnits),
        ] where units > Limits.capacityUnits {
            throw .validation("Given value \(units) for \(name) is out of bounds")
        }
    }
}

extension OnDemandThroughput {
    /// Refuses bounds that no table can have; -1 means none.
    func check() throws(DynamoDBError) {
        for (name, units) in [
            ("maxReadRequestUnits", maxReadRequestUnits), ("maxWriteRequestUnits", maxWriteRequestUnits),
        ] {
            guard let units, units < 1, units != -1 else { continue }
            throw .invalidParameter("\(name) must be -1 or at least 1, and is \(units)")
        }
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
