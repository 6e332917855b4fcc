internal import DynamoDB

extension StoredItem {
    /// Whether both items have the same attributes with equal values; their bytes may differ in the order of attributes,
    /// members and set elements.
    ///
    /// Decodes only where order may be all that differs: most items are told apart by their sizes or first attributes.
    func hasSameValue(as other: StoredItem) throws(StoredDataError) -> Bool {
        guard size == other.size, bytes.count == other.bytes.count else { return false }
        if bytes.isEqual(to: other.bytes) { return true }
        var (left, right) = (ByteInput(bytes), ByteInput(other.bytes))
        _ = try left.take(ItemFormat.headerLength)
        _ = try right.take(ItemFormat.headerLength)
        let count = try left.varint()
        guard try right.varint() == count else { return false }
        for _ in 0..<count {
            // In another order, attributes are not compared pair by pair.
            guard try left.counted().isEqual(to: try right.counted()) else { return try item() == other.item() }
            var (leftValue, rightValue) = (left, right)
            try left.skipValue()
            try right.skipValue()
            if left.bytes(since: leftValue.offset).isEqual(to: right.bytes(since: rightValue.offset)) { continue }
            guard try leftValue.value() == rightValue.value() else { return false }
        }
        return true
    }
}
