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

    private init() { self = .unread }
}
