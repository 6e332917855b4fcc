/// A map that a structure encodes itself into.
struct MapEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol, ScalarEncoding {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    mutating func encodeNil(forKey key: Key) { encoder.add(.value(.null), at: key.stringValue) }

    mutating func encode(_ value: some Encodable, forKey key: Key) throws {
        if let value = try self.value(value, at: codingPath + [key]) { encoder.add(.value(value), at: key.stringValue) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        later(key).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        later(key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { later(ItemCodingKey("super")) }

    mutating func superEncoder(forKey key: Key) -> any Encoder { later(key) }

    private func later(_ key: some CodingKey) -> ValueEncoder {
        let nested = ValueEncoder(dates: encoder.dates, path: codingPath + [key])
        encoder.add(.later(nested), at: key.stringValue)
        return nested
    }
}

/// A list that a collection encodes itself into.
struct ListEncoding: UnkeyedEncodingContainer, ScalarEncoding {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }
    private(set) var count = 0

    init(encoder: ValueEncoder) {
        self.encoder = encoder
    }

    mutating func encodeNil() { append(.value(.null)) }

    mutating func encode(_ value: some Encodable) throws {
        append(.value(try self.value(value, at: codingPath + [ItemCodingKey(count)]) ?? .null))
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        later().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { later().unkeyedContainer() }

    mutating func superEncoder() -> any Encoder { later() }

    private mutating func later() -> ValueEncoder {
        let nested = ValueEncoder(dates: encoder.dates, path: codingPath + [ItemCodingKey(count)])
        append(.later(nested))
        return nested
    }

    private mutating func append(_ result: ValueEncoder.Result) {
        encoder.append(result)
        count += 1
    }
}

/// The place of a value that encodes itself as one other.
struct SingleEncoding: SingleValueEncodingContainer, ScalarEncoding {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    mutating func encodeNil() { encoder.result = .value(.null) }

    mutating func encode(_ value: some Encodable) throws {
        encoder.result = try self.value(value, at: codingPath).map { .value($0) } ?? .none
    }
}
