import DynamoDB

extension AttributeValue {
    /// A member of a map; nil when there is none, when it is null, and when this is no map.
    subscript(name: String) -> AttributeValue? {
        guard let member = map?[name], !member.isNull else { return nil }
        return member
    }

    /// A text that a `VARCHAR(255)` column holds, or a fault that names it.
    func shortText(_ name: String, of what: String) throws(LineFault) -> String {
        guard let text = self[name]?.string, !text.isEmpty else { throw LineFault("\(what).\(name) is no text") }
        guard text.unicodeScalars.count <= 255, !text.unicodeScalars.contains("\0") else {
            throw LineFault("\(what).\(name) is longer than 255 characters, or holds U+0000")
        }
        return text
    }

    /// A whole number from a least one up, or a fault that names it.
    func integer(_ name: String, of what: String, atLeast least: Int64) throws(LineFault) -> Int64 {
        guard let number = self[name]?.int, number >= least else {
            throw LineFault("\(what).\(name) is no whole number from \(least) up")
        }
        return Int64(number)
    }
}
