/// An integer whose ranges the server has a type for.
public protocol PostgresRangeBound: PostgresCodable, Comparable {
    /// The type of a range, such as `int8range` for `Int`.
    static var postgresRangeType: PostgresType { get }
    /// The type of an array of ranges.
    static var postgresRangeArrayType: PostgresType { get }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Int: PostgresRangeBound {
    public static var postgresRangeType: PostgresType { .int8range }
    public static var postgresRangeArrayType: PostgresType { .int8rangeArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Int64: PostgresRangeBound {
    public static var postgresRangeType: PostgresType { .int8range }
    public static var postgresRangeArrayType: PostgresType { .int8rangeArray }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Int32: PostgresRangeBound {
    public static var postgresRangeType: PostgresType { .int4range }
    public static var postgresRangeArrayType: PostgresType { .int4rangeArray }
}

// The representation, by range_send in PostgreSQL's rangetypes.c: flags, then each bound behind its length.

private enum RangeFlags {
    static let empty: UInt8 = 0x01
    static let includesLower: UInt8 = 0x02
    static let includesUpper: UInt8 = 0x04
    static let isUnbounded: UInt8 = 0x08 | 0x10
}

extension Range: PostgresEncodable where Bound: PostgresRangeBound {
    /// `int8range`, or `int4range` for `Range<Int32>`.
    public static var postgresType: PostgresType { Bound.postgresRangeType }

    /// Appends `[lower,upper)`, or `empty`.
    public func encode(into bytes: inout [UInt8]) throws {
        guard !isEmpty else { return bytes.append(RangeFlags.empty) }
        bytes.append(RangeFlags.includesLower)
        for bound in [lowerBound, upperBound] {
            bytes.appendInteger(Int32(MemoryLayout<Bound>.size))
            try bound.encode(into: &bytes)
        }
    }
}

extension Range: PostgresDecodable where Bound: PostgresRangeBound & FixedWidthInteger {
    /// Reads `int4range` and `int8range`; `empty` becomes `0..<0`. A range without an end is out of range: read its
    /// `lower` and `upper`.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> Range<Bound> {
        let boundType: PostgresType
        switch type {
        case .int4range: boundType = .int4
        case .int8range: boundType = .int8
        default: throw PostgresDecodingFailure.typeMismatch
        }
        let flags: UInt8 = try bytes.integer()
        if flags & RangeFlags.empty != 0 { return 0..<0 }
        guard flags & RangeFlags.isUnbounded == 0 else { throw PostgresDecodingFailure.outOfRange }
        // Whatever was written, the server keeps ranges of integers in this form.
        guard flags & (RangeFlags.includesLower | RangeFlags.includesUpper) == RangeFlags.includesLower else {
            throw PostgresDecodingFailure.malformed("not of the form [lower,upper)")
        }
        let size = boundType == .int4 ? 4 : 8
        try bytes.requireLength(1 + 2 * (4 + size))
        let lower = try Bound.decode(bytes.extracting(5..<5 + size), type: boundType)
        let upper = try Bound.decode(bytes.extracting(9 + size..<9 + 2 * size), type: boundType)
        guard lower <= upper else { throw PostgresDecodingFailure.malformed("lower is above upper") }
        return lower..<upper
    }
}
