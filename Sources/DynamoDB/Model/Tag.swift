/// A label of a table.
public struct Tag: Sendable, Hashable, JSONObject {
    /// The label's name, up to 128 characters.
    public var key: String
    /// The label's value, up to 256 characters.
    public var value: String

    private init() { self = .unread }
}
