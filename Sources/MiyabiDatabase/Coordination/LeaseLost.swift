/// A lease is no longer its holder's: another took it over, it was given back, or it could not be renewed in time.
///
/// Nothing was written. The work that the lease protected must stop.
public struct LeaseLost: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was held.
    public let lease: Lease

    init(_ lease: Lease) {
        self.lease = lease
    }

    /// One sentence.
    public var description: String {
        "\(lease.owner) no longer holds \(lease.key.partition) under the fencing number \(lease.fencingNumber)"
    }
}
