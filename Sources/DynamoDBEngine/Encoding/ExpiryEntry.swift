internal import DynamoDB

/// An item's place in the order of expiry. Its key, with no value behind it:
/// ```
/// table id(u32 BE) second(u64 BE) rest of the item's storage key
/// ```
/// An entry only says where to look: what expires is decided by the item. One whose item has changed does no harm.
struct ExpiryEntry: Equatable, Sendable {
    /// Seconds since 1970.
    let second: UInt64
    /// The item's storage key.
    let itemKey: [UInt8]

    private static let idLength = 4
    private static let headLength = 12

    init(second: UInt64, itemKey: [UInt8]) {
        self.second = second
        self.itemKey = itemKey
    }

    init(key: [UInt8]) throws(StoredDataError) {
        guard key.count > ExpiryEntry.headLength else { throw .malformed }
        second = key[ExpiryEntry.idLength..<ExpiryEntry.headLength].reduce(0) { $0 << 8 | UInt64($1) }
        itemKey = Array(key[..<ExpiryEntry.idLength] + key[ExpiryEntry.headLength...])
    }

    var key: [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(itemKey.count + 8)
        key.append(contentsOf: itemKey[..<ExpiryEntry.idLength])
        key.append(bigEndian: second)
        key.append(contentsOf: itemKey[ExpiryEntry.idLength...])
        return key
    }

    /// The entries of a table's items that expire from a second on, up to and with another.
    static func range(of table: UInt32, from start: UInt64, upTo second: UInt64) -> KeyRange {
        var range = ItemKey.range(of: table)
        range.upper = range.lower
        range.lower.append(bigEndian: start)
        range.upper.append(bigEndian: second + 1)
        return range
    }
}

extension AttributeValue {
    /// The second at which an item with this value in its expiry attribute expires; nil if it never does.
    ///
    /// As on AWS only a number counts, in seconds since 1970.
    var expirySecond: UInt64? {
        guard case .number(let number) = self, !number.isNegative, number < AttributeValue.endOfTime else { return nil }
        return UInt64(exactly: number) ?? UInt64(number.double)
    }

    /// Greater numbers are no seconds; milliseconds, often, which AWS takes for the far future too.
    private static let endOfTime: DecimalNumber = 1_000_000_000_000_000
}
