/// A label of a table.
public struct Tag: Sendable, Hashable, JSONCodable {
    /// The label's name, up to 128 characters.
    public var key: String
    /// The label's value, up to 256 characters.
    public var value: String

    /// Makes a value of its members.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(key: "", value: "")
        try json.members(requiring: "Key", "Value") { json, key throws(DynamoDBError) in
            switch key {
            case "Key": self.key = try json.value()
            case "Value": value = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Key", key)
            json.member("Value", value)
        }
    }
}
