/// What an item was before a change. The `history` family holds one for each change of a table with point-in-time
/// recovery, in order of time.
///
/// ```
/// key   = table id(u32 BE) commit number(u64 BE) rest of the item's storage key
/// value = the stored item, or nothing if there was none
/// ```
/// Once records were removed the first key ends after the number, and tells where the rest begins.
struct HistoryRecord {
    private let rest: UnsafeRawBufferPointer
    private let value: UnsafeRawBufferPointer
    /// The number of the commit that made the change.
    let number: UInt64

    init(key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        rest = UnsafeRawBufferPointer(rebasing: key[HistoryRecord.headLength...])
        number = UInt64(bigEndian: key.loadUnaligned(fromByteOffset: 4, as: UInt64.self))
        self.value = value
    }

    /// The item before the change; nil if there was none.
    var item: StoredItem? {
        get throws(StoredDataError) { value.isEmpty ? nil : try StoredItem(value) }
    }

    /// The item's storage key in another table of the same key schema, given by its identifier.
    func key(in table: UInt32) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(4 + rest.count)
        key.append(bigEndian: table)
        key.append(contentsOf: rest)
        return key
    }

    /// The key of the record of a change.
    ///
    /// - Parameter storageKey: the item's.
    static func key(of number: UInt64, on storageKey: [UInt8], in table: UInt32) -> [UInt8] {
        var key = bound(table, number)
        key.append(contentsOf: storageKey[4...])
        return key
    }

    /// The changes of a table that have greater numbers.
    static func range(of id: UInt32, after number: UInt64) -> KeyRange {
        KeyRange(from: bound(id, number + 1), to: ItemKey.range(of: id).upper)
    }

    /// The changes of a table that have lower numbers.
    static func range(of id: UInt32, before number: UInt64) -> KeyRange {
        KeyRange(from: bound(id, 0), to: bound(id, number))
    }

    /// The key that tells from which commit on the changes are on record.
    static func start(of id: UInt32, at number: UInt64) -> [UInt8] {
        bound(id, number)
    }

    static func isStart(_ key: UnsafeRawBufferPointer) -> Bool { key.count == headLength }

    private static let headLength = 12

    private static func bound(_ id: UInt32, _ number: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(96)
        bytes.append(bigEndian: id)
        bytes.append(bigEndian: number)
        return bytes
    }
}
