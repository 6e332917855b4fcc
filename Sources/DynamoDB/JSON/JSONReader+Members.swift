extension JSONReader {
    /// Reads an object for one member that must be there.
    mutating func soleMember<Value: JSONCodable>(_ name: StaticString) throws(DynamoDBError) -> Value {
        var value: Value?
        try members(requiring: name) { json, key throws(DynamoDBError) in
            if key == name {
                value = try json.value()
            } else {
                try json.skip()
            }
        }
        // `members` has thrown if the member was not there.
        guard let value else { throw malformed("a member is missing") }
        return value
    }

    /// Reads `ExpressionAttributeValues`, whose faults AWS introduces with the member's and the placeholder's name.
    mutating func placeholderValues() throws(DynamoDBError) -> [String: AttributeValue] {
        var values: [String: AttributeValue] = [:]
        try object { json, key throws(DynamoDBError) in
            let name = try json.string(key)
            do throws(DynamoDBError) {
                values[name] = try json.value()
            } catch  where error.code == .validationException {
                throw .validation(
                    "ExpressionAttributeValues contains invalid value: \(error.message) for key \(name)")
            }
        }
        return values
    }
}
