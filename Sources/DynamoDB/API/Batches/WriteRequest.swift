/// One write of BatchWriteItem.
public enum WriteRequest: Sendable, Hashable {
    /// Writes a whole item, replacing one of the same key.
    case put(Item)
    /// Deletes the item of this key.
    case delete(key: Item)
}

extension WriteRequest: JSONCodable {
    package init(json: inout JSONReader) throws(DynamoDBError) {
        var requests: [WriteRequest] = []
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "PutRequest": requests.append(.put(try json.soleMember("Item")))
            case "DeleteRequest": requests.append(.delete(key: try json.soleMember("Key")))
            default: try json.skip()
            }
        }
        guard requests.count == 1, let request = requests.first else {
            // AWS speaks of attribute values here too.
            throw .validation(
                "Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes")
        }
        self = request
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .put(let item):
                json.name("PutRequest")
                json.object { $0.member("Item", item) }
            case .delete(let key):
                json.name("DeleteRequest")
                json.object { $0.member("Key", key) }
            }
        }
    }
}
