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
