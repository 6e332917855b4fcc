internal import DynamoDB

extension ItemUpdate {
    /// The update that AttributeUpdates says.
    init(_ updates: AttributeMap<AttributeValueUpdate>) throws(DynamoDBError) {
        var actions: [(path: DocumentPath, action: UpdateAction)] = []
        for (name, update) in updates.sorted() {
            actions.append((DocumentPath(name), try update.action(on: DocumentPath(name))))
        }
        try self.init(actions, from: .legacyUpdate)
    }
}

extension AttributeValueUpdate {
    fileprivate func action(on path: DocumentPath) throws(DynamoDBError) -> UpdateAction {
        switch (action ?? .put, value) {
        case (.put, let value?):
            return .set(.value(value))
        case (.delete, nil):
            return .remove
        case (.delete, let value?):
            guard value.type.isSet else {
                throw .invalidParameter("DELETE action with value is not supported for the type \(value.typeName)")
            }
            return .delete(value)
        case (.add, let value?):
            if value.type == .list {
                return .set(.listAppend(.ifNotExists(path, .value(.list([]))), .value(value)))
            }
            guard value.type == .number || value.type.isSet else {
                throw .invalidParameter("ADD action is not supported for the type \(value.typeName)")
            }
            return .add(value)
        case (.put, nil), (.add, nil):
            throw .invalidParameter("Only DELETE action is allowed when no attribute value is specified")
        }
    }
}
