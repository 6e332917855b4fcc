internal import DynamoDB

/// The most units a second that a table or an index is to bear; nil for no bound.
struct ThroughputLimits: Sendable {
    let read: Double?
    let write: Double?
    /// Whether the bounds are of a table on demand.
    let isOnDemand: Bool

    init(_ provisioned: ProvisionedThroughput?, _ onDemand: OnDemandThroughput?) {
        isOnDemand = provisioned == nil
        read = (provisioned?.readCapacityUnits ?? onDemand?.maxReadRequestUnits).flatMap(ThroughputLimits.bound)
        write = (provisioned?.writeCapacityUnits ?? onDemand?.maxWriteRequestUnits).flatMap(ThroughputLimits.bound)
    }

    /// AWS writes no bound as -1.
    private static func bound(_ units: Int) -> Double? {
        units > 0 ? Double(units) : nil
    }
}
