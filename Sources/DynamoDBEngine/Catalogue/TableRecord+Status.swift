internal import DynamoDB

extension TableRecord {
    /// Refuses a change of a table that is being created, changed or deleted.
    func checkUnused() throws(DynamoDBError) {
        try refuseIfCreating()
        switch status {
        case .active: return
        case .deleting: throw .resourceInUse("Table is being deleted: \(name)")
        default: throw .resourceInUse("Table is being updated: \(name)")
        }
    }

    func refuseIfCreating() throws(DynamoDBError) {
        guard status != .creating else { throw .resourceInUse("Table is being created: \(name)") }
    }
}

extension DynamoDBError {
    static func resourceInUse(_ detail: String) -> DynamoDBError {
        DynamoDBError(
            code: .resourceInUseException,
            message: "Attempt to change a resource which is still in use: \(detail)")
    }
}
