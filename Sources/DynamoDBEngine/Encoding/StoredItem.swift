import DynamoDB

/// An item in its stored form, read in place: whole, or single attributes without decoding the others.
struct StoredItem {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) throws(StoredDataError) {
        guard bytes.count > ItemFormat.headerLength else { throw .truncated }
        guard bytes[0] == ItemFormat.version else { throw .unknownVersion }
        self.bytes = bytes
    }

    /// Bytes by AWS's accounting.
    var size: Int {
        Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self)))
    }

    /// All attributes.
    func item() throws(StoredDataError) -> Item {
        var input = try attributes()
        let count = try input.varint()
        return try input.attributes(count)
    }

    /// One attribute's value; nil if the item lacks it.
    func value(named name: String) throws(StoredDataError) -> AttributeValue? {
        guard var input = try input(atValueOf: name) else { return nil }
        return try input.value()
    }

    /// A reader that stands before the tag of the named attribute's value.
    func input(atValueOf name: String) throws(StoredDataError) -> ByteInput? {
        var input = try attributes()
        let count = try input.varint()
        return try input.seek(attribute: name, among: count) ? input : nil
    }

    /// A reader that stands before the number of attributes.
    func attributes() throws(StoredDataError) -> ByteInput {
        var input = ByteInput(bytes)
        _ = try input.take(ItemFormat.headerLength)
        return input
    }
}

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

/// An item pinned in the store, or the absence of one.
struct StoredValue: ~Copyable {
    private let pinned: PinnedValue?
    /// The item; valid as long as this value.
    let item: StoredItem?

    init(_ database: RocksDatabase, key: [UInt8], _ tier: ReadTier = .disk) throws {
        try self.init(try database.value(in: .items, forKey: key, tier))
    }

    init(_ snapshot: Snapshot, key: [UInt8], _ tier: ReadTier = .disk) throws {
        try self.init(try snapshot.value(in: .items, forKey: key, tier))
    }

    private init(_ pinned: consuming PinnedValue?) throws {
        item = try StoredValue.item(in: pinned)
        self.pinned = pinned
    }

    private static func item(in pinned: borrowing PinnedValue?) throws -> StoredItem? {
        switch pinned {
        case .some(let value): try StoredItem(value.bytes)
        case .none: nil
        }
    }
}
