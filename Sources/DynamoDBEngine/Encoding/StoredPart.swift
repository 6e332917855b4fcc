internal import DynamoDB

/// Some attributes of an item in its stored form: their values, and where they lie.
struct StoredPart {
    /// The attributes that the item has.
    fileprivate(set) var item: Item = [:]
    /// Where each begins, in stored order.
    fileprivate var starts: [Int] = []
}

extension StoredItem {
    /// Those of the named attributes that the item has.
    func part(_ names: SoughtNames) throws(StoredDataError) -> StoredPart {
        var part = StoredPart()
        var input = try attributes()
        for _ in 0..<(try input.varint()) {
            let start = input.offset
            if let name = names.name(try input.counted()) {
                part.item[name] = try input.value()
                part.starts.append(start)
            } else {
                try input.skipValue()
            }
        }
        return part
    }
}

extension StoredItemEncoder {
    /// Encodes a stored item anew, with other attributes in the place of a part. What is not of the part is copied as it
    /// lies there.
    ///
    /// - Throws: as ``encode(_:)``.
    static func encode(_ stored: StoredItem, with new: Item, for part: StoredPart) throws -> EncodedItem {
        var input = try stored.attributes()
        let count = try input.varint()
        var encoder = StoredItemEncoder(
            count: count - part.starts.count + new.count, capacity: stored.bytes.count + new.count * 40,
            size: stored.size - part.item.sizeInBytes)
        var added = AttributeOrder.places(in: new).filter { part.item[new.keys[$0.index]] == nil }[...]
        var starts = part.starts[...]
        // Up to where the stored bytes have been copied or left out.
        var position = input.offset
        for _ in 0..<count {
            let start = input.offset
            let name = try input.counted()
            while let next = added.first, new.keys[next.index].utf8.lexicographicallyPrecedes(name) {
                encoder.copy(stored.bytes[position..<start])
                position = start
                try encoder.append(new[next.index])
                added.removeFirst()
            }
            try input.skipValue()
            guard start == starts.first else { continue }
            starts.removeFirst()
            encoder.copy(stored.bytes[position..<start])
            position = input.offset
            let text = String(decoding: name, as: UTF8.self)
            if let value = new[text] { try encoder.append((text, value)) }
        }
        encoder.copy(stored.bytes[position..<input.offset])
        for place in added { try encoder.append(new[place.index]) }
        return encoder.finish()
    }
}
