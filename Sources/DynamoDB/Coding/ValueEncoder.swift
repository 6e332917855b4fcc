import FoundationEssentials

/// Takes one value's encoding: what it was given is in `result` afterwards.
final class ValueEncoder: Encoder {
    /// What a value or a container became; containers fill it on their way.
    enum Result {
        case none
        case value(AttributeValue)
        case list([Result])
        case map(AttributeMap<Result>)
        /// An encoder handed out by a container, to be read at the end.
        case later(ValueEncoder)

        /// The whole value; nil when nothing was encoded.
        var attributeValue: AttributeValue? {
            switch self {
            case .none: nil
            case .value(let value): value
            case .list(let results): .list(results.map { $0.attributeValue ?? .null })
            case .map(let results): .map(results.compactMapValues(\.attributeValue))
            case .later(let encoder): encoder.result.attributeValue
            }
        }
    }

    let dates: DateForm?
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]
    var result = Result.none

    init(dates: DateForm?, path: [any CodingKey]) {
        self.dates = dates
        codingPath = path
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .map = result {} else { result = .map([:]) }
        return KeyedEncodingContainer(MapEncoding<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .list = result {} else { result = .list([]) }
        return ListEncoding(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleEncoding(encoder: self) }

    func add(_ element: Result, at key: String) {
        guard case .map(var members) = result else { return }
        result = .none
        members[key] = element
        result = .map(members)
    }

    func append(_ element: Result) {
        guard case .list(var elements) = result else { return }
        result = .none
        elements.append(element)
        result = .list(elements)
    }

    /// A value's attribute value; nil when it is to be absent.
    static func encode<Value: Encodable>(
        _ value: Value, dates: DateForm?, path: [any CodingKey]
    ) throws -> AttributeValue? {
        func invalid(_ why: String) -> EncodingError {
            .invalidValue(value, .init(codingPath: path, debugDescription: why))
        }
        switch value {
        case let set as any AnyAttributeSet: return set.attributeValue
        case let number as DecimalNumber: return .number(number)
        // By its exact type: an empty array of anything else can be cast to it.
        case let bytes as [UInt8] where Value.self == [UInt8].self: return .binary(bytes)
        case let data as Data: return .binary(Array(data))
        case let url as URL: return .string(url.absoluteString)
        case let decimal as Decimal: return .number(try number(decimal.description, invalid))
        case let date as Date:
            guard let dates else { throw invalid("How dates are stored was not chosen: ItemEncoder(dates:)") }
            guard let value = dates.value(date) else { throw invalid("The date is out of range") }
            return value
        default:
            let encoder = ValueEncoder(dates: dates, path: path)
            try value.encode(to: encoder)
            return encoder.result.attributeValue
        }
    }

    static func number(_ text: String, _ invalid: (String) -> EncodingError) throws -> DecimalNumber {
        do throws(DecimalNumber.Fault) {
            return try DecimalNumber(parsing: text)
        } catch {
            throw invalid(error.description)
        }
    }
}

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
