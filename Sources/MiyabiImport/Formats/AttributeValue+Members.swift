import DynamoDB

extension AttributeValue {
    /// A member of a map; nil when there is none, when it is null, and when this is no map.
    subscript(name: String) -> AttributeValue? {
        guard let member = map?[name], !member.isNull else { return nil }
        return member
    }

    /// A text that a `VARCHAR(255)` column holds, or a fault that names it.
    func shortText(_ name: String, of what: String? = nil) throws(LineFault) -> String {
        let path = AttributeValue.path(name, of: what)
        guard let text = self[name]?.string, !text.isEmpty else { throw LineFault("\(path) is not a text") }
        guard text.unicodeScalars.count <= 255, !text.unicodeScalars.contains("\0") else {
            throw LineFault("\(path) is longer than 255 characters, or holds U+0000")
        }
        return text
    }

    /// A whole number of a range, or a fault that names it.
    func integer(_ name: String, of what: String? = nil, in range: ClosedRange<Int64>) throws(LineFault) -> Int64 {
        guard let number = self[name]?.int.map(Int64.init), range.contains(number) else {
            let path = AttributeValue.path(name, of: what)
            throw LineFault("\(path) is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func path(_ name: String, of what: String?) -> String { what.map { "\($0).\(name)" } ?? name }
}
