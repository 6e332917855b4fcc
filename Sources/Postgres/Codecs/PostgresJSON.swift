public import FoundationEssentials

/// A `jsonb` value as its UTF-8 text. The server checks it.
public struct PostgresJSON: Sendable, Hashable {
    /// The JSON text.
    public var text: String

    /// JSON from its text.
    public init(_ text: String) { self.text = text }

    /// Any value that can be encoded, as JSON.
    /// - Throws: what `encoder` throws.
    public init(encoding value: some Encodable, with encoder: JSONEncoder = JSONEncoder()) throws {
        text = String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The value that the JSON stands for.
    /// - Throws: what `decoder` throws.
    public func decode<T: Decodable>(_ type: T.Type = T.self, with decoder: JSONDecoder = JSONDecoder()) throws -> T {
        try decoder.decode(type, from: Data(text.utf8))
    }
}

extension PostgresJSON: PostgresCodable {
    /// `jsonb`
    public static var postgresType: PostgresType { .jsonb }

    /// Appends the version byte and the text.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(1)
        bytes.append(contentsOf: text.utf8)
    }

    /// Reads `jsonb` and `json`.
    public static func decode(_ bytes: RawSpan, type: PostgresType) throws -> PostgresJSON {
        switch type {
        case .json: return PostgresJSON(try String.utf8(bytes))
        case .jsonb:
            guard try bytes.integer(as: UInt8.self) == 1 else {
                throw PostgresDecodingFailure.malformed("unknown version of jsonb")
            }
            return PostgresJSON(try String.utf8(bytes.extracting(droppingFirst: 1)))
        default: throw PostgresDecodingFailure.typeMismatch
        }
    }
}
