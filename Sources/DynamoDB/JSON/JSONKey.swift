/// The name of an object's member, as it lies in the input: comparing it makes no string.
package struct JSONKey {
    /// The name's bytes between the quotation marks; they may hold escapes.
    let bytes: UnsafeBufferPointer<UInt8>
    /// The name, when it was written with escapes.
    let unescaped: [UInt8]?
    /// True only for ASCII; it may be false of ASCII too.
    var isASCII = false

    /// Whether the name is `name`.
    @inline(__always)
    static func == (key: JSONKey, name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        if let unescaped = key.unescaped {
            return unescaped.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: count))
        }
        guard key.bytes.count == count, let start = key.bytes.baseAddress else {
            return key.bytes.isEmpty && count == 0
        }
        let other = name.utf8Start
        for index in 0..<count where start[index] != other[index] { return false }
        return true
    }

    /// Lets names stand as cases of a `switch`.
    @inline(__always)
    package static func ~= (name: StaticString, key: JSONKey) -> Bool { key == name }

    /// The name as text.
    var text: String { unescaped.map { String(decoding: $0, as: UTF8.self) } ?? String(decoding: bytes, as: UTF8.self) }
}
