/// The size of the items that share a partition key, in a table with a local secondary index.
public struct ItemCollectionMetrics: Sendable, Hashable, JSONObject {
    /// The partition key of the item collection.
    public var itemCollectionKey: Item?
    /// Lower and upper bound of the collection's size, in gigabytes.
    public var sizeEstimateRangeGB: [Double]?

    private init() { self = .unread }
}
