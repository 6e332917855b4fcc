/// Looks for the bytes of a string that JSON treats specially.
enum JSONScan {
    /// The top bit of each byte of a word.
    static var tops: UInt64 { 0x8080_8080_8080_8080 }

    /// The index of the next quotation mark, backslash or control character, or `end` or beyond. Every byte passed on
    /// the way is added to `seen`, and perhaps some after it.
    @inline(__always)
    static func special(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, seen: inout UInt64) -> Int {
        var index = start
        let base = UnsafeRawPointer(bytes)
        // Eight bytes at a time: a byte that becomes zero, or was below 0x20, borrows into its top bit.
        let ones: UInt64 = 0x0101_0101_0101_0101
        while index &+ 8 <= end {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quotes = word ^ (ones &* 0x22)
            let slashes = word ^ (ones &* 0x5C)
            let below = (word &- ones &* 0x20) & ~word
            let found = (((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | below) & tops
            seen |= word
            if found != 0 { return index &+ found.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < end {
            let byte = bytes[index]
            seen |= UInt64(byte)
            switch byte {
            case 0x22, 0x5C, 0..<0x20: return index
            default: index &+= 1
            }
        }
        return index
    }
}
