/// The size of the items that share a partition key, in a table with a local secondary index.
public struct ItemCollectionMetrics: Sendable, Hashable, JSONCodable {
    /// The partition key of the item collection.
    public var itemCollectionKey: Item?
    /// Lower and upper bound of the collection's size, in gigabytes.
    public var sizeEstimateRangeGB: [Double]?

    /// Makes a value of its members.
    public init(itemCollectionKey: Item? = nil, sizeEstimateRangeGB: [Double]? = nil) {
        self.itemCollectionKey = itemCollectionKey
        self.sizeEstimateRangeGB = sizeEstimateRangeGB
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ItemCollectionKey": itemCollectionKey = try json.value()
            case "SizeEstimateRangeGB": sizeEstimateRangeGB = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ItemCollectionKey", itemCollectionKey)
            json.member("SizeEstimateRangeGB", sizeEstimateRangeGB)
        }
    }
}
