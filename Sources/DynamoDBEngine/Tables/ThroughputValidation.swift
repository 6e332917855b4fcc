internal import DynamoDB

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
