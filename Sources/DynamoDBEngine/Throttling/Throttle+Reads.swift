internal import DynamoDB

extension Throttle {
    /// Refuses a read of a table or index that has no read capacity left.
    ///
    /// - Throws: `ProvisionedThroughputExceededException` or, on demand, `ThrottlingException`.
    func admitRead(of table: Table, _ index: Index? = nil) throws(DynamoDBError) {
        let global = index?.kind == .global ? index : nil
        let limits = global?.limits ?? table.limits
        guard isOpen(global?.id ?? table.id, limits, for: .read) else {
            throw Throttle.refusal(of: table, global, limits)
        }
    }

    /// Takes what a read consumed.
    func takeRead(_ units: Double, from table: Table, _ index: Index? = nil) {
        let global = index?.kind == .global ? index : nil
        take(units, from: global?.id ?? table.id, global?.limits ?? table.limits, for: .read)
    }
}
