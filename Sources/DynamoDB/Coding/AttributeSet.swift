/// A set of strings, numbers or bytes that is stored as a set of DynamoDB (`SS`, `NS`, `BS`), not as a list.
/// ```swift
/// struct User: Codable { @AttributeSet var roles: Set<String> }
/// ```
/// DynamoDB has no empty sets: an empty one is an absent attribute, and an absent attribute reads as an empty one.
@propertyWrapper
public struct AttributeSet<Element: AttributeSetElement>: Sendable, Hashable {
    /// The elements.
    public var wrappedValue: Set<Element>

    /// Makes a set.
    public init(wrappedValue: Set<Element>) {
        self.wrappedValue = wrappedValue
    }
}

/// What a set of DynamoDB can hold.
public protocol AttributeSetElement: Sendable, Hashable, Codable {
    /// A set as a value of DynamoDB.
    static func attributeSet(_ elements: Set<Self>) -> AttributeValue
    /// A value of DynamoDB as a set; nil for another type, or an element that does not fit.
    static func elements(_ value: AttributeValue) -> Set<Self>?
}

extension String: AttributeSetElement {
    /// A string set.
    public static func attributeSet(_ elements: Set<String>) -> AttributeValue { .stringSet(StringSet(elements)) }
    /// The elements of a string set; nil too if two of them are one `String` to Swift. Elements of ``ExactString`` are
    /// not.
    public static func elements(_ value: AttributeValue) -> Set<String>? {
        guard let texts = value.stringSet else { return nil }
        let elements = Set(texts)
        return elements.count == texts.count ? elements : nil
    }
}

extension ExactString: AttributeSetElement {
    /// A string set.
    public static func attributeSet(_ elements: Set<ExactString>) -> AttributeValue {
        .stringSet(StringSet(elements.lazy.map(\.text)))
    }
    /// The elements of a string set.
    public static func elements(_ value: AttributeValue) -> Set<ExactString>? {
        value.stringSet.map { Set($0.lazy.map { ExactString($0) }) }
    }
}

extension DecimalNumber: AttributeSetElement {
    /// A number set.
    public static func attributeSet(_ elements: Set<DecimalNumber>) -> AttributeValue { .numberSet(elements) }
    /// The elements of a number set.
    public static func elements(_ value: AttributeValue) -> Set<DecimalNumber>? { value.numberSet }
}

extension Int: AttributeSetElement {
    /// A number set.
    public static func attributeSet(_ elements: Set<Int>) -> AttributeValue {
        .numberSet(Set(elements.map { DecimalNumber($0) }))
    }
    /// The elements of a set of whole numbers.
    public static func elements(_ value: AttributeValue) -> Set<Int>? {
        guard let numbers = value.numberSet else { return nil }
        let elements = numbers.compactMap(\.int)
        return elements.count == numbers.count ? Set(elements) : nil
    }
}

extension Array: AttributeSetElement where Element == UInt8 {
    /// A binary set.
    public static func attributeSet(_ elements: Set<[UInt8]>) -> AttributeValue { .binarySet(elements) }
    /// The elements of a binary set.
    public static func elements(_ value: AttributeValue) -> Set<[UInt8]>? { value.binarySet }
}

/// What the coders of items ask of a set, whatever its elements.
protocol AnyAttributeSet {
    /// The value; nil for an empty set.
    var attributeValue: AttributeValue? { get }
    init?(attributeValue: AttributeValue)
}

extension AttributeSet: AnyAttributeSet {
    var attributeValue: AttributeValue? { wrappedValue.isEmpty ? nil : Element.attributeSet(wrappedValue) }

    init?(attributeValue: AttributeValue) {
        guard let elements = Element.elements(attributeValue) else { return nil }
        self.init(wrappedValue: elements)
    }
}

extension AttributeSet: Codable {
    /// Encodes the elements as a list: what coders other than this library's can do with a set.
    public func encode(to encoder: any Encoder) throws {
        try wrappedValue.encode(to: encoder)
    }

    /// Decodes a list of the elements.
    public init(from decoder: any Decoder) throws {
        self.init(wrappedValue: try Set(from: decoder))
    }
}

extension KeyedDecodingContainer {
    /// Decodes a set; an absent one is empty.
    public func decode<Element>(_ type: AttributeSet<Element>.Type, forKey key: Key) throws -> AttributeSet<Element> {
        try decodeIfPresent(type, forKey: key) ?? AttributeSet(wrappedValue: [])
    }
}

extension DecimalNumber: Codable {
    /// Encodes the number's text, for coders other than this library's, most of which would lose digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Decodes the number's text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let number = DecimalNumber(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a number")
        }
        self = number
    }
}

extension ExactString: Codable {
    /// Decodes a string.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes the text as a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
