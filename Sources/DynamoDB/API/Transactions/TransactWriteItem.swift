/// One action of TransactWriteItems.
public enum TransactWriteItem: Sendable, Hashable {
    /// Checks an item without changing it.
    case conditionCheck(ConditionCheck)
    /// Writes a whole item.
    case put(Put)
    /// Deletes an item.
    case delete(Delete)
    /// Changes an item's attributes.
    case update(Update)
}

extension TransactWriteItem: JSONCodable {
    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        switch self {
        case .conditionCheck(let action): check.look(into: action, at: "ConditionCheck")
        case .put(let action): check.look(into: action, at: "Put")
        case .delete(let action): check.look(into: action, at: "Delete")
        case .update(let action): check.look(into: action, at: "Update")
        }
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        var actions: [TransactWriteItem] = []
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ConditionCheck": actions.append(.conditionCheck(try json.value()))
            case "Put": actions.append(.put(try json.value()))
            case "Delete": actions.append(.delete(try json.value()))
            case "Update": actions.append(.update(try json.value()))
            default: try json.skip()
            }
        }
        guard actions.count == 1, let action = actions.first else {
            throw .validation("TransactItems can only contain one of Check, Put, Update or Delete")
        }
        self = action
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .conditionCheck(let action): json.member("ConditionCheck", action)
            case .put(let action): json.member("Put", action)
            case .delete(let action): json.member("Delete", action)
            case .update(let action): json.member("Update", action)
            }
        }
    }
}
