internal import DynamoDB

/// One change of an item in the stored form of a stream's record, read in place.
///
/// ```
/// record = head(1) key? old? new?      each: length(varint) item
/// ```
/// The head tells what happened, by whom, and what follows. Images are the stored bytes of the items themselves. The key
/// is there only if no image is.
struct StoredChange {
    let name: StreamEventName
    /// Whether the item was deleted because it had expired.
    let isExpiry: Bool
    var key: StoredItem?
    var old: StoredItem?
    var new: StoredItem?

    private enum Head {
        static let insert: UInt8 = 1
        static let modify: UInt8 = 2
        static let remove: UInt8 = 3
        static let nameMask: UInt8 = 3
        static let isExpiry: UInt8 = 1 << 2
        static let key: UInt8 = 1 << 3
        static let old: UInt8 = 1 << 4
        static let new: UInt8 = 1 << 5
    }

    init(_ name: StreamEventName, isExpiry: Bool = false, old: StoredItem? = nil, new: StoredItem? = nil) {
        self.name = name
        self.isExpiry = isExpiry
        self.old = old
        self.new = new
    }

    /// Reads what ``append(to:)`` wrote.
    init(_ bytes: UnsafeRawBufferPointer) throws(StoredDataError) {
        var input = ByteInput(bytes)
        let head = try input.byte()
        switch head & Head.nameMask {
        case Head.insert: name = .insert
        case Head.modify: name = .modify
        case Head.remove: name = .remove
        default: throw .malformed
        }
        isExpiry = head & Head.isExpiry != 0
        if head & Head.key != 0 { key = try StoredItem(try input.counted()) }
        if head & Head.old != 0 { old = try StoredItem(try input.counted()) }
        if head & Head.new != 0 { new = try StoredItem(try input.counted()) }
        guard input.isAtEnd else { throw .malformed }
    }

    func append(to bytes: inout [UInt8]) {
        var head =
            switch name {
            case .insert: Head.insert
            case .modify: Head.modify
            case .remove: Head.remove
            }
        if isExpiry { head |= Head.isExpiry }
        if key != nil { head |= Head.key }
        if old != nil { head |= Head.old }
        if new != nil { head |= Head.new }
        bytes.append(head)
        StoredChange.append(key, to: &bytes)
        StoredChange.append(old, to: &bytes)
        StoredChange.append(new, to: &bytes)
    }

    private static func append(_ item: StoredItem?, to bytes: inout [UInt8]) {
        guard let item else { return }
        bytes.append(varint: item.bytes.count)
        bytes.append(contentsOf: item.bytes)
    }
}
