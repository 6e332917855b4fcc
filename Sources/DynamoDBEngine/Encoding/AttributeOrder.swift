internal import DynamoDB

/// The order in which an item's attributes are stored: by the bytes of their names.
///
/// A dictionary has an order of its own in each instance. In one order, items that have the same attributes are alike
/// for ``ItemShape``, which then reads them without hashing a name, and for the compression of files. Reading does not
/// rely on it: older files have any order.
enum AttributeOrder {
    struct Place {
        let index: Item.Index
        /// The first eight bytes of the name, zeros behind a shorter one: they tell most names apart.
        fileprivate let head: UInt64
    }

    static func places(in item: Item) -> [Place] {
        var places: [Place] = []
        places.reserveCapacity(item.count)
        for index in item.indices { places.append(Place(index: index, head: head(of: item.keys[index]))) }
        places.sort { first, second in
            first.head != second.head
                ? first.head < second.head
                : item.keys[first.index].utf8.lexicographicallyPrecedes(item.keys[second.index].utf8)
        }
        return places
    }

    private static func head(of name: String) -> UInt64 {
        var name = name
        return name.withUTF8 { bytes in
            if bytes.count >= 8 {
                return UInt64(bigEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(as: UInt64.self))
            }
            var head: UInt64 = 0
            for byte in bytes { head = head << 8 | UInt64(byte) }
            // Shifts beyond the width give zero, as an empty name's head is.
            return head << UInt64(8 * (8 - bytes.count))
        }
    }
}
