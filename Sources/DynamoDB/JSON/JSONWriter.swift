/// Appends compact JSON to bytes.
package struct JSONWriter {
    /// What has been written.
    package var bytes: [UInt8]
    /// Whether the next member or element needs a comma before it.
    private var needsComma = false

    /// Starts with an empty buffer of a capacity in bytes.
    package init(capacity: Int = 512) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Appends an object, whose members `body` writes.
    @inline(__always)
    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// Appends a list, whose elements `body` writes.
    @inline(__always)
    package mutating func list(_ body: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Appends a member; nothing when the value is nil. The name needs no escapes.
    @inline(__always)
    package mutating func member(_ name: StaticString, _ value: (some JSONCodable)?) {
        guard let value else { return }
        self.name(name)
        value.write(to: &self)
        needsComma = true
    }

    /// Appends a member whose name is data.
    @inline(__always)
    package mutating func member(_ name: String, _ value: some JSONCodable) {
        comma()
        string(name)
        bytes.append(UInt8(ascii: ":"))
        value.write(to: &self)
        needsComma = true
    }

    /// Appends a list's element.
    @inline(__always)
    package mutating func element(_ value: some JSONCodable) {
        comma()
        value.write(to: &self)
        needsComma = true
    }

    /// Appends a member's name, to be followed by one value. The name needs no escapes.
    @inline(__always)
    mutating func name(_ name: StaticString) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    @inline(__always)
    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    /// Appends text as it is.
    mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends an integer.
    mutating func integer(_ value: Int) {
        bytes.append(contentsOf: String(value).utf8)
    }
}
