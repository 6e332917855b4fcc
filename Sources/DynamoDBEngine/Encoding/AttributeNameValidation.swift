internal import DynamoDB

/// Refuses an attribute name that is empty, or longer than 65,535 bytes.
func checkAttributeName(_ name: String) throws(DynamoDBError) {
    if let fault = attributeNameFault(name) { throw .validation(fault) }
}

/// What is wrong with an attribute name; nil for nothing.
func attributeNameFault(_ name: String) -> String? {
    switch name.utf8.count {
    case 0: "Empty attribute name"
    case ...Limits.attributeNameSize: nil
    default: "Attribute name is too large, must be less than \(Limits.attributeNameSize + 1) bytes"
    }
}
