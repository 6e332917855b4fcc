/// An element type of arrays that can be bound to parameters.
public protocol PostgresArrayEncodable {
    /// The array's type, such as `int8[]` for `Int`. Where it is `.unspecified`, so that the server infers it, arrays
    /// travel as text: the binary representation would have to name the elements' type.
    static var postgresArrayType: PostgresType { get }
    /// Appends a whole array's representation.
    static func encodeArray(_ elements: [Self], into bytes: inout [UInt8]) throws
}

/// An element type of arrays that can be read from columns.
public protocol PostgresArrayDecodable {
    /// Reads a whole array.
    /// - Throws: `PostgresDecodingFailure`.
    static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws -> [Self]
}

extension Array: PostgresEncodable where Element: PostgresArrayEncodable {
    /// The element's array type.
    public static var postgresType: PostgresType { Element.postgresArrayType }
    /// Binary, unless the array's type is left to the server.
    public static var postgresFormat: PostgresFormat { postgresType == .unspecified ? .text : .binary }
    /// Appends the array; `[UInt8]` is a `bytea`.
    public func encode(into bytes: inout [UInt8]) throws { try Element.encodeArray(self, into: &bytes) }
}

extension Array: PostgresDecodable where Element: PostgresArrayDecodable {
    /// Reads a one-dimensional array; `[UInt8]` reads a `bytea`.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> [Element] {
        try Element.decodeArray(bytes, type: type)
    }
}

// The representation, by array_send in PostgreSQL's arrayfuncs.c: number of dimensions, whether there are NULLs,
// the elements' type; for each dimension its length and its first index; then each element behind its length.

extension PostgresArrayEncodable where Self: PostgresEncodable {
    /// Appends the array's header and its elements, or the text `{"…","…"}`.
    public static func encodeArray(_ elements: [Self], into bytes: inout [UInt8]) throws {
        if postgresArrayType == .unspecified { return try encodeText(elements, into: &bytes) }
        // A string alone is sent without a type; the elements of an array need one.
        let elementType = postgresType == .unspecified ? PostgresType.text : postgresType
        bytes.appendInteger(Int32(elements.isEmpty ? 0 : 1))
        bytes.appendInteger(Int32(elements.contains { $0.isPostgresNull } ? 1 : 0))
        bytes.appendInteger(elementType.oid)
        guard !elements.isEmpty else { return }
        guard let count = Int32(exactly: elements.count) else { throw PostgresEncodingFailure("too many elements") }
        bytes.appendInteger(count)
        bytes.appendInteger(Int32(1))
        for element in elements {
            let lengthOffset = bytes.count
            bytes.appendInteger(Int32(-1))
            guard !element.isPostgresNull else { continue }
            try element.encode(into: &bytes)
            if postgresFormat == .text, bytes[(lengthOffset + 4)...].contains(0) {
                throw PostgresEncodingFailure("the text holds U+0000, which PostgreSQL cannot store")
            }
            guard let length = Int32(exactly: bytes.count - lengthOffset - 4) else {
                throw PostgresEncodingFailure("an element of more than 2 GB")
            }
            bytes.replaceInt32(at: lengthOffset, with: length)
        }
    }
}

extension PostgresArrayEncodable where Self: PostgresEncodable {
    private static func encodeText(_ elements: [Self], into bytes: inout [UInt8]) throws {
        bytes.append(UInt8(ascii: "{"))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            guard !element.isPostgresNull else {
                bytes.append(contentsOf: "NULL".utf8)
                continue
            }
            var text: [UInt8] = []
            try element.encode(into: &text)
            bytes.append(UInt8(ascii: "\""))
            for byte in text {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

/// What the first bytes of an array say.
enum ArrayHeader {
    case empty
    case elements(PostgresType)

    /// `nil` for what is no array at all, which hardly ever has a header that makes sense.
    init?(_ bytes: RawSpan) {
        guard let dimensions = try? bytes.integer(at: 0, as: Int32.self), (0...6).contains(dimensions),
            let flags = try? bytes.integer(at: 4, as: Int32.self), flags == 0 || flags == 1,
            let oid = try? bytes.integer(at: 8, as: UInt32.self), oid != 0
        else { return nil }
        self = dimensions == 0 ? .empty : .elements(PostgresType(oid: oid))
    }
}

extension PostgresArrayDecodable where Self: PostgresDecodable {
    /// Reads the array's header and its elements.
    public static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws -> [Self] {
        guard let header = ArrayHeader(bytes) else { throw PostgresDecodingFailure.typeMismatch }
        guard case .elements(let namedType) = header else { return [] }
        // Elements of a domain are sent as what it is over.
        let elementType = type.elementBase.map { PostgresType(oid: $0) } ?? namedType
        let dimensions: Int32 = try bytes.integer(at: 0)
        guard dimensions == 1 else {
            throw PostgresDecodingFailure.malformed("an array of \(dimensions) dimensions")
        }
        let count = Int(try bytes.integer(at: 12, as: Int32.self))
        guard count >= 0 else { throw PostgresDecodingFailure.malformed("an array of \(count) elements") }
        var elements: [Self] = []
        elements.reserveCapacity(min(count, bytes.byteCount / 4))
        var offset = 20
        for _ in 0..<count {
            let length = Int(try bytes.integer(at: offset, as: Int32.self))
            offset += 4
            guard length >= 0 else {
                elements.append(try decodeNull())
                continue
            }
            guard offset + length <= bytes.byteCount else {
                throw PostgresDecodingFailure.malformed("the array ends too early")
            }
            elements.append(try decode(bytes.extracting(offset..<offset + length), type: elementType))
            offset += length
        }
        guard offset == bytes.byteCount else {
            throw PostgresDecodingFailure.malformed("bytes after the array's last element")
        }
        return elements
    }
}
