internal import DynamoDB

extension PreparedWrite {
    /// Keeps the item's entry in the order of expiry, if its table has one.
    ///
    /// - Parameter old: the item as it is.
    func stageExpiry(replacing old: StoredItem?, in unit: WriteUnit) throws {
        guard let attribute = table.record.timeToLiveAttribute else { return }
        let oldSecond = try old?.value(named: attribute)?.expirySecond
        guard oldSecond != expiry else { return }
        if let oldSecond { unit.batch.delete(ExpiryEntry(second: oldSecond, itemKey: key).key, in: .expiry) }
        if let expiry { unit.batch.put(ExpiryEntry(second: expiry, itemKey: key).key, [], in: .expiry) }
    }
}
