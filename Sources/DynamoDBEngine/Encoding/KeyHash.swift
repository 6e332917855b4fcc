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
