/// A place in an item that no type declares: an element of a list, or the superclass.
struct ItemCodingKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ index: Int) {
        stringValue = "\(index)"
        intValue = index
    }

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(intValue: Int) {
        self.init(intValue)
    }

    init(stringValue: String) {
        self.init(stringValue)
    }
}
