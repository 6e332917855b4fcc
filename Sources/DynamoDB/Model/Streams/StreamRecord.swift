/// An item before and after a change, as far as the stream's view has it.
public struct StreamRecord: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ApproximateCreationDateTime", &approximateCreationDateTime)
        try members.optional("Keys", &keys)
        try members.optional("NewImage", &newImage)
        try members.optional("OldImage", &oldImage)
        try members.optional("SequenceNumber", &sequenceNumber)
        try members.optional("SizeBytes", &sizeBytes)
        try members.optional("StreamViewType", &streamViewType)
    }
}
