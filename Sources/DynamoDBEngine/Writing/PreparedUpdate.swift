internal import DynamoDB

/// An update of one item, checked as far as can be without the item.
struct PreparedUpdate: Sendable {
    let table: Table
    /// The item's primary key.
    let key: Item
    let storageKey: [UInt8]
    let update: ItemUpdate

    init(_ update: ItemUpdate, of key: Item, in table: Table) throws(DynamoDBError) {
        storageKey = try table.storageKey(ofKey: key)
        if let attribute = table.key.all.first(where: { update.attributes[$0.name] != nil }) {
            throw .validation(
                "One or more parameter values were invalid: Cannot update attribute \(attribute.name). "
                    + "This attribute is part of the key")
        }
        self.table = table
        self.key = key
        self.update = update
    }

    /// Puts what the update changes into the unit: nothing if it leaves the item as it is.
    func stage(replacing old: borrowing StoredValue, in unit: WriteUnit) throws -> WriteEffect {
        let oldItem = try old.item?.item()
        guard let newItem = try update.apply(to: oldItem, key: key) else { return .nothing(on: nil, in: table) }
        let encoded = try EncodedItem(newItem, from: update.origin)
        let write = try PreparedWrite(putting: newItem, encoded: encoded, in: table, from: update.origin) { name in
            oldItem == nil || update.attributes[name] != nil
        }
        var effect =
            oldItem == newItem ? .nothing(on: encoded.size, in: table) : try write.stage(replacing: old, in: unit)
        effect.updated = encoded
        return effect
    }
}
