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
