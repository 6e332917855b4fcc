// Types that have no type in Swift, as the text that the server prints. Sources: the send and out functions of network.c,
// date.c, varbit.c, mac.c and rangetypes.c in PostgreSQL.

extension String {
    /// The text of a value of such a type; `nil` for other types.
    static func printed(_ bytes: RawSpan, type: PostgresType) throws -> String? {
        switch type {
        case .oid, .xid, .cid:
            try bytes.requireLength(4)
            return String(try bytes.integer(as: UInt32.self))
        case .lsn:
            try bytes.requireLength(8)
            return PostgresLSN(rawValue: try bytes.integer()).description
        case .macaddr, .macaddr8:
            try bytes.requireLength(type == .macaddr ? 6 : 8)
            return bytes.bytes.map { hexadecimal($0) }.joined(separator: ":")
        case .time:
            try bytes.requireLength(8)
            return timeOfDay(try bytes.integer())
        case .timetz:
            try bytes.requireLength(12)
            return timeOfDay(try bytes.integer()) + offset(secondsWest: try bytes.integer(at: 8))
        case .bit, .varbit: return try bits(bytes)
        case .inet, .cidr: return try address(bytes)
        default:
            guard let bound = type.rangeBound else { return nil }
            return try range(bytes, of: bound)
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    private static func padded(_ number: some BinaryInteger, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }

    // MARK: Times

    private static func timeOfDay(_ microseconds: Int64) -> String {
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let text = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0) }.joined(separator: ":")
        guard rest != 0 else { return text }
        var fraction = padded(rest.magnitude, 6)
        while fraction.last == "0" { fraction.removeLast() }
        return text + "." + fraction
    }

    /// As `+09`, `-03:30` or `+00:00:30`.
    private static func offset(secondsWest: Int32) -> String {
        let seconds = secondsWest.magnitude
        var parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
        while parts.count > 1, parts.last == 0 { parts.removeLast() }
        return (secondsWest > 0 ? "-" : "+") + parts.map { padded($0) }.joined(separator: ":")
    }

    private static func timestamp(_ microseconds: Int64, zone: String) -> String {
        if microseconds == .max { return "infinity" }
        if microseconds == .min { return "-infinity" }
        var (day, time) = microseconds.quotientAndRemainder(dividingBy: 86_400_000_000)
        if time < 0 { (day, time) = (day - 1, time + 86_400_000_000) }
        // The greatest number of microseconds is some 107 million days.
        return "\(PostgresDate(daysSince2000: Int32(truncatingIfNeeded: day))) \(timeOfDay(time))\(zone)"
    }

    // MARK: Bits and addresses

    private static func bits(_ bytes: RawSpan) throws -> String {
        let count = Int(try bytes.integer(as: Int32.self))
        guard count >= 0, bytes.byteCount == 4 + (count + 7) / 8 else {
            throw PostgresDecodingFailure.malformed("\(bytes.byteCount) bytes for \(count) bits")
        }
        let content = bytes.bytes.dropFirst(4)
        return String(
            String.UnicodeScalarView(
                (0..<count).map { bit in
                    content[4 + bit / 8] & (0x80 >> UInt8(bit % 8)) == 0 ? "0" : "1"
                }))
    }

    /// Family, length of the network's prefix, whether it is a `cidr`, number of bytes, bytes.
    private static func address(_ bytes: RawSpan) throws -> String {
        let header: UInt32 = try bytes.integer()
        let (family, prefix, isCIDR, size) = (header >> 24, header >> 16 & 0xFF, header >> 8 & 0xFF, Int(header & 0xFF))
        guard family == 2 && size == 4 || family == 3 && size == 16 else {
            throw PostgresDecodingFailure.malformed("an address of \(size) bytes of family \(family)")
        }
        try bytes.requireLength(4 + size)
        let content = Array(bytes.bytes.dropFirst(4))
        let text = size == 4 ? content.map { String($0) }.joined(separator: ".") : address6(content)
        return isCIDR != 0 || prefix != size * 8 ? "\(text)/\(prefix)" : text
    }

    /// The longest run of two or more zero groups is `::`; where an IPv4 address is embedded it is written as one.
    private static func address6(_ bytes: [UInt8]) -> String {
        let groups = (0..<8).map { UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) }
        var zeros = 0..<0
        var start = 0
        for end in 1...8 where end == 8 || groups[end] != 0 || groups[start] != 0 {
            if groups[start] == 0, end - start > Swift.max(1, zeros.count) { zeros = start..<end }
            start = end
        }
        let embedsIPv4 =
            zeros.lowerBound == 0
            && (zeros.count == 6 || zeros.count == 5 && groups[5] == 0xFFFF)
        var parts = groups.map { String($0, radix: 16) }
        if embedsIPv4 { parts[6...7] = [bytes[12...].map { String($0) }.joined(separator: ".")] }
        guard !zeros.isEmpty else { return parts.joined(separator: ":") }
        return parts[..<zeros.lowerBound].joined(separator: ":") + "::"
            + parts[zeros.upperBound...].joined(separator: ":")
    }

    // MARK: Ranges

    private static func range(_ bytes: RawSpan, of bound: PostgresType) throws -> String {
        let flags: UInt8 = try bytes.integer()
        guard flags & 0x01 == 0 else { return "empty" }
        var offset = 1
        let lower = flags & 0x08 != 0 ? "" : try nextBound(bytes, &offset, bound)
        let upper = flags & 0x10 != 0 ? "" : try nextBound(bytes, &offset, bound)
        guard offset == bytes.byteCount else { throw PostgresDecodingFailure.malformed("bytes after the range") }
        return "\(flags & 0x02 != 0 ? "[" : "(")\(lower),\(upper)\(flags & 0x04 != 0 ? "]" : ")")"
    }

    private static func nextBound(_ bytes: RawSpan, _ offset: inout Int, _ type: PostgresType) throws -> String {
        let start = offset + 4
        let length = Int(try bytes.integer(at: offset, as: Int32.self))
        guard length >= 0, length <= bytes.byteCount - start else {
            throw PostgresDecodingFailure.malformed("the range ends too early")
        }
        offset = start + length
        return try bound(bytes.extracting(start..<offset), type)
    }

    private static func bound(_ bytes: RawSpan, _ type: PostgresType) throws -> String {
        switch type {
        case .int4, .int8: return String(try Int64.decode(bytes, type: type))
        case .numeric: return try PostgresNumeric.decode(bytes, type: type).description
        case .date:
            let days: Int32 = try bytes.integer()
            return days == .max
                ? "infinity" : days == .min ? "-infinity" : PostgresDate(daysSince2000: days).description
        default:
            let text = timestamp(try bytes.integer(), zone: type == .timestamptz ? "+00" : "")
            return text.contains(" ") ? "\"\(text)\"" : text
        }
    }
}

extension PostgresType {
    /// What the bounds of a range are; `nil` for other types.
    fileprivate var rangeBound: PostgresType? {
        switch self {
        case .int4range: .int4
        case .int8range: .int8
        case .numrange: .numeric
        case .daterange: .date
        case .tsrange: .timestamp
        case .tstzrange: .timestamptz
        default: nil
        }
    }
}
