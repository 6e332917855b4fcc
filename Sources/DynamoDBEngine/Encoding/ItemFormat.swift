/// The stored form of an item, version 1.
///
/// ```
/// item      = version(1) size(u32 LE) count(varint) attribute*
/// attribute = name value
/// name      = length(varint) UTF-8
/// value     = tag(1) payload
/// payload   = S, N, B:  length(varint) bytes           (N in the ordered form)
///           | BOOL, NULL: nothing
///           | L:  length(u32 LE) count(varint) value*
///           | M:  length(u32 LE) count(varint) attribute*
///           | SS, NS, BS: length(u32 LE) count(varint) (length(varint) bytes)*
/// ```
/// `size` is the item's size by AWS's accounting. Lengths stand before contents, so that a reader skips what it does
/// not look for. All the values of an item can be read without knowing its table.
enum ItemFormat {
    static let version: UInt8 = 1
    /// Bytes before the attribute count.
    static let headerLength = 5

    enum Tag: UInt8 {
        case string = 1
        case number = 2
        case binary = 3
        case `false` = 4
        case `true` = 5
        case null = 6
        case list = 7
        case map = 8
        case stringSet = 9
        case numberSet = 10
        case binarySet = 11
    }
}
