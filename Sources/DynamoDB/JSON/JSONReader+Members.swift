extension JSONReader {
    /// Reads an object for one member that must be there.
    mutating func soleMember<Value: JSONCodable>(_ name: StaticString) throws(DynamoDBError) -> Value {
        var value: Value?
        try members { json, key throws(DynamoDBError) in
            if key == name {
                value = try json.value()
            } else {
                try json.skip()
            }
        }
        guard let value else { throw violated(.missing, value: nil, at: name.description) }
        return value
    }

    /// Reads `ExpressionAttributeValues`, whose faults the older front introduces with the placeholder's name.
    mutating func placeholderValues() throws(DynamoDBError) -> [String: AttributeValue] {
        var values: [String: AttributeValue] = [:]
        let isWrapped = front?.isCurrent != true
        try object { json, key throws(DynamoDBError) in
            let name = try json.string(key)
            do throws(DynamoDBError) {
                values[name] = try json.value()
            } catch  where error.code == .validationException && isWrapped {
                throw .validation(
                    "ExpressionAttributeValues contains invalid value: \(error.message) for key \(name)")
            }
        }
        return values
    }
}
