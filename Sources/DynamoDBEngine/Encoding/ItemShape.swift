import DynamoDB

/// Reads items one after the other, and hashes and allocates no name again that the item before had at the same place.
///
/// Most items of a page have the same attributes, stored in the same order.
struct ItemShape {
    private struct Attribute {
        /// Where the name ends in `names`.
        let end: Int
        /// Where the value belongs in a copy of `template`.
        let place: Item.Index
    }

    /// An item of this shape, with nothing but nulls.
    private var template: Item = [:]
    /// In stored order.
    private var attributes: [Attribute] = []
    /// All names, one behind the other.
    private var names: [UInt8] = []
    /// Whether the shape has fitted an item since it was learned. One that never does is not worth replacing: no two
    /// items are alike.
    private var hasFitted = true

    /// All attributes of the item.
    mutating func item(_ stored: StoredItem) throws(StoredDataError) -> Item {
        if let item = try fitting(stored) {
            hasFitted = true
            return item
        }
        let item = try stored.item()
        if hasFitted { try learn(stored, item) }
        return item
    }

    private func fitting(_ stored: StoredItem) throws(StoredDataError) -> Item? {
        var input = try stored.attributes()
        guard try input.varint() == attributes.count, !attributes.isEmpty else { return nil }
        // A copy keeps the places of its original.
        var item = template
        return try fill(&item.values, from: &input) ? item : nil
    }

    private func fill(_ values: inout Item.Values, from input: inout ByteInput) throws(StoredDataError) -> Bool {
        var start = 0
        for attribute in attributes {
            guard try input.counted().elementsEqual(names[start..<attribute.end]) else { return false }
            start = attribute.end
            values[attribute.place] = try input.value()
        }
        return true
    }

    private mutating func learn(_ stored: StoredItem, _ item: Item) throws(StoredDataError) {
        hasFitted = false
        template = item.mapValues { _ in .null }
        attributes.removeAll()
        names.removeAll()
        var input = try stored.attributes()
        for _ in 0..<(try input.varint()) {
            let name = try input.counted()
            guard let place = template.index(forKey: String(decoding: name, as: UTF8.self)) else { throw .malformed }
            names.append(contentsOf: name)
            attributes.append(Attribute(end: names.count, place: place))
            try input.skipValue()
        }
    }
}

/// Refuses an attribute name that is empty, or longer than 65,535 bytes.
func checkAttributeName(_ name: String) throws(DynamoDBError) {
    if let fault = attributeNameFault(name) { throw .validation(fault) }
}

/// What is wrong with an attribute name; nil for nothing.
func attributeNameFault(_ name: String) -> String? {
    switch name.utf8.count {
    case 0: "Empty attribute name"
    case ...Limits.attributeNameSize: nil
    default: "Attribute name is too large, must be less than \(Limits.attributeNameSize + 1) bytes"
    }
}
