/// An item before and after a change, as far as the stream's view has it.
public struct StreamRecord: Sendable, Hashable, JSONCodable {
    /// When the change was made, in whole seconds since 1970.
    public var approximateCreationDateTime: Double?
    /// The item's primary key.
    public var keys: Item?
    /// The item after the change.
    public var newImage: Item?
    /// The item before the change.
    public var oldImage: Item?
    /// The change's number: 21 to 40 digits, ascending within a shard.
    public var sequenceNumber: String?
    /// Bytes of key and images.
    public var sizeBytes: Int?
    /// What of a changed item the stream holds.
    public var streamViewType: StreamViewType?

    /// Makes a value of its members.
    public init(
        approximateCreationDateTime: Double? = nil,
        keys: Item? = nil,
        newImage: Item? = nil,
        oldImage: Item? = nil,
        sequenceNumber: String? = nil,
        sizeBytes: Int? = nil,
        streamViewType: StreamViewType? = nil
    ) {
        self.approximateCreationDateTime = approximateCreationDateTime
        self.keys = keys
        self.newImage = newImage
        self.oldImage = oldImage
        self.sequenceNumber = sequenceNumber
        self.sizeBytes = sizeBytes
        self.streamViewType = streamViewType
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ApproximateCreationDateTime": approximateCreationDateTime = try json.value()
            case "Keys": keys = try json.value()
            case "NewImage": newImage = try json.value()
            case "OldImage": oldImage = try json.value()
            case "SequenceNumber": sequenceNumber = try json.value()
            case "SizeBytes": sizeBytes = try json.value()
            case "StreamViewType": streamViewType = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ApproximateCreationDateTime", approximateCreationDateTime)
            json.member("Keys", keys)
            json.member("NewImage", newImage)
            json.member("OldImage", oldImage)
            json.member("SequenceNumber", sequenceNumber)
            json.member("SizeBytes", sizeBytes)
            json.member("StreamViewType", streamViewType)
        }
    }
}
