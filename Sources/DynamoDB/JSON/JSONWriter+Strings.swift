extension JSONWriter {
    /// Appends a string, with the escapes it needs.
    package mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { utf8(string: $0) }
    }

    /// Appends a string given as valid UTF-8.
    mutating func utf8(string text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        if let start = text.baseAddress {
            var clean = 0
            var seen: UInt64 = 0
            while clean < text.count {
                let index = min(JSONScan.special(start, from: clean, to: text.count, seen: &seen), text.count)
                bytes.append(contentsOf: UnsafeBufferPointer(start: start + clean, count: index - clean))
                if index < text.count { escape(start[index]) }
                clean = index + 1
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0..<0x20:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(JSONWriter.hexadecimal(byte >> 4))
            bytes.append(JSONWriter.hexadecimal(byte & 15))
        default: bytes.append(byte)
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
