/// What a write did, for its response.
struct WriteEffect: Sendable {
    /// Bytes of the item before; nil if there was none.
    var oldSize: Int?
    var newSize: Int
    /// Write units consumed by each index of the table.
    var indexUnits: [Double]
    /// The new item, of an update.
    var updated: EncodedItem?

    /// Bytes that a transaction charges for this when it is sent again: those of the item that it left, or deleted.
    var sizeToRepeat: Int { newSize > 0 ? newSize : oldSize ?? 0 }

    /// The effect of leaving an item as it is.
    ///
    /// - Parameter size: bytes of the item; nil if there is none.
    static func nothing(on size: Int?, in table: Table) -> WriteEffect {
        WriteEffect(oldSize: size, newSize: size ?? 0, indexUnits: Array(repeating: 0, count: table.indexes.count))
    }
}
