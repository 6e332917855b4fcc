import FoundationEssentials

/// Gives one attribute value to a type that decodes itself.
struct ValueDecoder: Decoder {
    let value: AttributeValue
    let dates: DateForm?
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]

    init(_ value: AttributeValue, dates: DateForm?, path: [any CodingKey]) {
        self.value = value
        self.dates = dates
        codingPath = path
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let members = value.map else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(MapDecoding<Key>(decoder: self, members: members))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let elements = value.list else { throw mismatch([Any].self) }
        return ListDecoding(decoder: self, elements: elements)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleDecoding(decoder: self) }

    /// The decoder of a value inside this one.
    func nested(_ value: AttributeValue, at key: any CodingKey) -> ValueDecoder {
        ValueDecoder(value, dates: dates, path: codingPath + [key])
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        guard let decoded = try converted(type) else {
            if type is any DictionaryOfStrings.Type, let names = value.map?.keys, Set(names).count < names.count {
                throw corrupted("Two of the map's names are equal to Swift, so that a dictionary would lose one")
            }
            return try type.init(from: self)
        }
        guard let decoded = decoded as? Value else { throw mismatch(type) }
        return decoded
    }

    /// The value as a type that is not left to decode itself; nil for other types.
    private func converted(_ type: any Decodable.Type) throws -> Any? {
        switch type {
        case is String.Type: return try require(value.string, type)
        case is Bool.Type: return try require(value.bool, type)
        case is DecimalNumber.Type: return try require(value.number, type)
        case let integer as any FixedWidthInteger.Type:
            let number = try require(value.number, type)
            guard let converted = integer.init(exactly: number) else { throw misfit(number, type) }
            return converted
        case is Double.Type: return try require(value.double, type)
        case is Float.Type: return Float(try require(value.double, type))
        case is [UInt8].Type: return try require(value.binary, type)
        case is Data.Type: return Data(try require(value.binary, type))
        case is URL.Type: return try require(value.string.flatMap { URL(string: $0) }, type)
        case is Decimal.Type:
            let number = try require(value.number, type)
            guard let decimal = Decimal(string: number.description), DecimalNumber(decimal.description) == number else {
                throw misfit(number, type)
            }
            return decimal
        case is Date.Type:
            guard let dates else {
                throw corrupted("How dates are stored was not chosen: ItemDecoder(dates:)")
            }
            return try require(dates.date(value), type)
        case let set as any AnyAttributeSet.Type: return try require(set.init(attributeValue: value), type)
        default: return nil
        }
    }

    private func require<Value>(_ value: Value?, _ type: Any.Type) throws -> Value {
        guard let value else { throw mismatch(type) }
        return value
    }

    private func misfit(_ number: DecimalNumber, _ type: Any.Type) -> DecodingError {
        corrupted("The number \(number) does not fit \(type)")
    }

    private func corrupted(_ why: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: why))
    }

    func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(
            type, .init(codingPath: codingPath, debugDescription: "A value of type \(value.typeName) is not a \(type)"))
    }
}

/// A dictionary by `String`, in which names of a map that differ only in their bytes are one.
private protocol DictionaryOfStrings {}
extension Dictionary: DictionaryOfStrings where Key == String {}

/// A map that a structure decodes itself from.
struct MapDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ValueDecoder
    let members: Item
    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { members.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try nested(key).value.isNull }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try nested(key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try nested(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try nested(ItemCodingKey("super")) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key) }

    private func nested(_ key: some CodingKey) throws -> ValueDecoder {
        guard let value = members[key.stringValue] else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "There is no attribute '\(key.stringValue)'"))
        }
        return decoder.nested(value, at: key)
    }
}

/// A list that a collection decodes itself from.
struct ListDecoding: UnkeyedDecodingContainer {
    let decoder: ValueDecoder
    let elements: [AttributeValue]
    private(set) var currentIndex = 0
    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    init(decoder: ValueDecoder, elements: [AttributeValue]) {
        self.decoder = decoder
        self.elements = elements
    }

    mutating func decodeNil() throws -> Bool {
        guard try element().value.isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next { try $0.decode(type) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder { try next { $0 } }

    private mutating func next<Value>(_ decode: (ValueDecoder) throws -> Value) throws -> Value {
        let value = try decode(element())
        currentIndex += 1
        return value
    }

    private func element() throws -> ValueDecoder {
        let key = ItemCodingKey(currentIndex)
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                AttributeValue.self, .init(codingPath: codingPath + [key], debugDescription: "The list has ended"))
        }
        return decoder.nested(elements[currentIndex], at: key)
    }
}

/// The place of a value that decodes itself from one other.
struct SingleDecoding: SingleValueDecodingContainer {
    let decoder: ValueDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value.isNull }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try decoder.decode(type)
    }
}
