import DynamoDB

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

/// Order-preserving, self-delimiting encoding of one key attribute's value.
///
/// The byte order of encodings is the order of values: numbers by magnitude, strings by UTF-8 bytes, binary by
/// unsigned bytes. No encoding is a prefix of another of the same type, so that components can be concatenated.
/// Strings and binary escape 0x00 as 00 FF and end with 00 00; numbers: see `DecimalNumber.appendOrdered(to:)`.
extension [UInt8] {
    /// Appends a key attribute's value.
    ///
    /// - Precondition: the value is a string, a number or binary, as validated before.
    mutating func append(keyComponent value: AttributeValue) {
        switch value {
        case .string(var string):
            string.withUTF8 { append(escaped: UnsafeRawBufferPointer($0)) }
            append(contentsOf: [0, 0])
        case .binary(let bytes):
            bytes.withUnsafeBytes { append(escaped: $0) }
            append(contentsOf: [0, 0])
        case .number(let number):
            number.appendOrdered(to: &self)
        default:
            preconditionFailure("A key attribute is a string, a number or binary")
        }
    }

    /// Appends what the encodings of all strings or binaries beginning with `value` have in common.
    mutating func append(keyComponentPrefix value: AttributeValue) {
        switch value {
        case .string(var string): string.withUTF8 { append(escaped: UnsafeRawBufferPointer($0)) }
        case .binary(let bytes): bytes.withUnsafeBytes { append(escaped: $0) }
        default: preconditionFailure("begins_with takes a string or binary")
        }
    }

    private mutating func append(escaped bytes: UnsafeRawBufferPointer) {
        guard bytes.contains(0) else {
            append(contentsOf: bytes)
            return
        }
        for byte in bytes {
            append(byte)
            if byte == 0 { append(0xFF) }
        }
    }
}

/// The hash of a partition key that spreads partitions over the key space.
///
/// It is part of the stored format: Murmur3's 32-bit hash with seed 0. It gives scans the unordered look of
/// DynamoDB's, and lets parallel scan segments be equal ranges of keys.
func partitionHash(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    var hash: UInt32 = 0
    let blocks = bytes.count / 4
    for block in 0..<blocks {
        let word = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: block * 4, as: UInt32.self))
        hash ^= mixed(word)
        hash = rotated(hash, by: 13) &* 5 &+ 0xE654_6B64
    }
    var tail: UInt32 = 0
    for index in stride(from: bytes.count - 1, through: blocks * 4, by: -1) {
        tail = tail << 8 | UInt32(bytes[index])
    }
    hash ^= mixed(tail) ^ UInt32(truncatingIfNeeded: bytes.count)
    hash = (hash ^ hash >> 16) &* 0x85EB_CA6B
    hash = (hash ^ hash >> 13) &* 0xC2B2_AE35
    return hash ^ hash >> 16
}

private func mixed(_ word: UInt32) -> UInt32 {
    rotated(word &* 0xCC9E_2D51, by: 15) &* 0x1B87_3593
}

private func rotated(_ word: UInt32, by bits: UInt32) -> UInt32 {
    word << bits | word >> (32 - bits)
}
