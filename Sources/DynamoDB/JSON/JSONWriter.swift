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

    /// A value, or a list's elements, that have been written.
    package enum Written {
        case value([UInt8])
        case elements([UInt8])
    }

    /// Appends a member of which the value has been written.
    mutating func member(_ name: StaticString, _ written: Written) {
        self.name(name)
        switch written {
        case .value(let value): bytes += value
        case .elements(let elements):
            bytes.append(UInt8(ascii: "["))
            bytes += elements
            bytes.append(UInt8(ascii: "]"))
        }
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

extension JSONWriter {
    /// Appends a string, with the escapes it needs.
    package mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { utf8(string: $0) }
    }

    /// Appends a string given as valid UTF-8.
    mutating func utf8(string text: UnsafeBufferPointer<UInt8>) {
        JSONWriter.append(string: UnsafeRawBufferPointer(text), to: &bytes)
    }

    /// Appends a string given as valid UTF-8 to bytes.
    package static func append(string text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        if let start = text.baseAddress {
            var clean = 0
            var seen: UInt64 = 0
            while clean < text.count {
                let index = min(JSONScan.special(start, from: clean, to: text.count, seen: &seen), text.count)
                bytes.append(contentsOf: UnsafeRawBufferPointer(start: start + clean, count: index - clean))
                if index < text.count { escape(text[index], in: &bytes) }
                clean = index + 1
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(_ byte: UInt8, in bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0..<0x20:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(hexadecimal(byte >> 4))
            bytes.append(hexadecimal(byte & 15))
        default: bytes.append(byte)
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
