/// What the three kinds of encoding containers do alike: turn scalars and values into attribute values.
protocol ScalarEncoding {
    var encoder: ValueEncoder { get }
}

extension ScalarEncoding {
    func value<Value: Encodable>(_ value: Value, at path: [any CodingKey]) throws -> AttributeValue? {
        func invalid(_ why: String) -> EncodingError {
            .invalidValue(value, .init(codingPath: path, debugDescription: why))
        }
        return switch value {
        case let text as String: .string(text)
        case let flag as Bool: .bool(flag)
        case let number as Double: .number(try ValueEncoder.number(number.description, invalid))
        case let number as Float: .number(try ValueEncoder.number(number.description, invalid))
        case let number as any FixedWidthInteger: .number(try ValueEncoder.number(String(describing: number), invalid))
        default: try ValueEncoder.encode(value, dates: encoder.dates, path: path)
        }
    }
}
