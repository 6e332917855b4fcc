/// A label of a table.
public struct Tag: Sendable, Hashable, JSONObject {
    /// The label's name, up to 128 characters.
    public var key: String
    /// The label's value, up to 256 characters.
    public var value: String

    /// Makes a value of its members.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    package static var unread: Self { Self(key: "", value: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Key", &key)
        try members.required("Value", &value)
    }
}
