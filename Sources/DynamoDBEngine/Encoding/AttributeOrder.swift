internal import DynamoDB

/// The order in which an item's attributes are stored: by the bytes of their names.
///
/// A dictionary has an order of its own in each instance. In one order, items that have the same attributes are alike
/// for ``ItemShape``, which then reads them without hashing a name, and for the compression of files. Reading does not
/// rely on it: older files have any order.
enum AttributeOrder {
    struct Place {
        let index: Item.Index
        fileprivate let head: UInt64
    }

    static func places(in item: Item) -> [Place] {
        var places: [Place] = []
        places.reserveCapacity(item.count)
        for index in item.indices {
            var name = item.keys[index]
            places.append(Place(index: index, head: name.withUTF8 { head(of: UnsafeRawBufferPointer($0)) }))
        }
        places.sort { first, second in
            first.head != second.head
                ? first.head < second.head
                : item.keys[first.index].utf8.lexicographicallyPrecedes(item.keys[second.index].utf8)
        }
        return places
    }

    /// The first eight bytes of a name, zeros behind a shorter one: they tell most names apart.
    fileprivate static func head(of name: UnsafeRawBufferPointer) -> UInt64 {
        if name.count >= 8 { return UInt64(bigEndian: name.loadUnaligned(as: UInt64.self)) }
        var head: UInt64 = 0
        for byte in name { head = head << 8 | UInt64(byte) }
        // Shifts beyond the width give zero, as an empty name's head is.
        return head << UInt64(8 * (8 - name.count))
    }
}

/// Names of attributes, to be found by their bytes: no name of a stored item is made a string for that.
struct SoughtNames: Sendable {
    private var names: [(head: UInt64, text: String)] = []

    init(_ names: [String]) {
        self.names.reserveCapacity(names.count)
        for var text in names {
            let head = text.withUTF8 { AttributeOrder.head(of: UnsafeRawBufferPointer($0)) }
            self.names.append((head, text))
        }
        guard names.count > 1 else { return }
        self.names.sort { first, second in
            first.head != second.head
                ? first.head < second.head : first.text.utf8.lexicographicallyPrecedes(second.text.utf8)
        }
    }

    var all: [String] { names.map(\.text) }

    /// The name that has these bytes; nil if it is none of them.
    func name(_ bytes: UnsafeRawBufferPointer) -> String? {
        let head = AttributeOrder.head(of: bytes)
        var (lower, upper) = (0, names.count)
        while lower < upper {
            let middle = (lower + upper) / 2
            let (other, text) = names[middle]
            if other < head || other == head && text.utf8.lexicographicallyPrecedes(bytes) {
                lower = middle + 1
            } else {
                upper = middle
            }
        }
        guard lower < names.count, names[lower].head == head, names[lower].text.utf8.elementsEqual(bytes) else {
            return nil
        }
        return names[lower].text
    }
}
