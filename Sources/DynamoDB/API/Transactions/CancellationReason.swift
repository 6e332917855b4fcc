/// Why one action of a cancelled transaction failed, or that it did not.
public struct CancellationReason: Sendable, Hashable, JSONCodable {
    /// The stored item, when the action asked for it.
    public var item: Item?
    /// The code; `None` for an action without fault.
    public var code: String?
    /// What was wrong; nil for an action without fault.
    public var message: String?

    /// Makes a value of its members.
    public init(item: Item? = nil, code: String? = nil, message: String? = nil) {
        self.item = item
        self.code = code
        self.message = message
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Item": item = try json.value()
            case "Code": code = try json.value()
            case "Message": message = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Item", item)
            json.member("Code", code)
            json.member("Message", message)
        }
    }
}
