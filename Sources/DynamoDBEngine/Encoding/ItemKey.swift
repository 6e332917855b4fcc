internal import DynamoDB

/// Building of the keys under which items and index entries are stored.
///
/// ```
/// item        = table id(u32 BE) hash(u32 BE) partition key, sort key
/// index entry = index id(u32 BE) hash(u32 BE) index partition key(s), index sort key(s), rest of the item's key
/// ```
/// The hash is of the encoded partition key(s); see `partitionHash(of:)`. One partition is thus one contiguous
/// range in sort-key order, and a parallel scan segment is a range of hashes.
struct ItemKey {
    private(set) var bytes: [UInt8]

    private static let partitionStart = RocksOptions.prefixLength

    /// Begins a key with its partition.
    init(id: UInt32, partition values: some Collection<AttributeValue>) {
        bytes = []
        bytes.reserveCapacity(96)
        bytes.append(bigEndian: id)
        bytes.append(bigEndian: 0 as UInt32)
        for value in values { bytes.append(keyComponent: value) }
        let hash = bytes.withUnsafeBytes { buffer in
            partitionHash(of: UnsafeRawBufferPointer(rebasing: buffer[ItemKey.partitionStart...]))
        }
        for byte in 0..<4 { bytes[4 + byte] = UInt8(truncatingIfNeeded: hash >> (24 - 8 * UInt32(byte))) }
    }

    mutating func append(_ value: AttributeValue) {
        bytes.append(keyComponent: value)
    }

    /// Appends all the attributes of a table's key, as they stand in an item's storage key.
    mutating func append(attributesOf storageKey: [UInt8]) {
        bytes.append(contentsOf: storageKey[ItemKey.partitionStart...])
    }

    /// All keys of a table or an index.
    static func range(of id: UInt32) -> KeyRange {
        var prefix: [UInt8] = []
        prefix.append(bigEndian: id)
        return KeyRange(prefix: prefix)
    }

    /// One of `count` equal parts of the keys of a table or an index, by partition hash.
    static func range(of id: UInt32, segment: Int, of count: Int) -> KeyRange {
        func bound(_ segment: Int) -> [UInt8] {
            var bytes: [UInt8] = []
            let hash = (UInt64(segment) << 32 + UInt64(count) - 1) / UInt64(count)
            if hash > UInt64(UInt32.max) { return ItemKey.range(of: id).upper }
            bytes.append(bigEndian: id)
            bytes.append(bigEndian: UInt32(hash))
            return bytes
        }
        return KeyRange(from: bound(segment), to: bound(segment + 1))
    }
}
