/// A label of a table.
public struct Tag: Sendable, Hashable {
    /// The label's name, up to 128 characters.
    public var key: String
    /// The label's value, up to 256 characters.
    public var value: String

    /// Makes a value of its members.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}
