/// The size of the items that share a partition key, in a table with a local secondary index.
public struct ItemCollectionMetrics: Sendable, Hashable, JSONObject {
    /// The partition key of the item collection.
    public var itemCollectionKey: Item?
    /// Lower and upper bound of the collection's size, in gigabytes.
    public var sizeEstimateRangeGB: [Double]?

    /// Makes a value of its members.
    public init(itemCollectionKey: Item? = nil, sizeEstimateRangeGB: [Double]? = nil) {
        self.itemCollectionKey = itemCollectionKey
        self.sizeEstimateRangeGB = sizeEstimateRangeGB
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ItemCollectionKey", &itemCollectionKey)
        try members.optional("SizeEstimateRangeGB", &sizeEstimateRangeGB)
    }
}
