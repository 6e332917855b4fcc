/// One write of BatchWriteItem.
public enum WriteRequest: Sendable, Hashable {
    /// Writes a whole item, replacing one of the same key.
    case put(Item)
    /// Deletes the item of this key.
    case delete(key: Item)
}
