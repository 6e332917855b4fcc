import DynamoDB

extension StreamSpecification {
    /// The rule of CreateTable.
    func checkForNewTable() throws(DynamoDBError) {
        switch (streamEnabled, streamViewType) {
        case (true, nil):
            throw .invalidParameter("Table is being created with a stream enabled, UpdateViewType is required")
        case (false, .some):
            throw .invalidParameter(
                "Table is being created with a stream disabled, UpdateViewType should not be specified")
        default: return
        }
    }

    /// The rule of UpdateTable.
    func checkForUpdate() throws(DynamoDBError) {
        switch (streamEnabled, streamViewType) {
        case (true, nil):
            throw .invalidParameter("If stream is being enabled then UpdateViewType is required")
        case (false, .some):
            throw .invalidParameter("If stream is being disabled, then UpdateViewType must not be specified")
        default: return
        }
    }
}

extension TableRecord {
    /// The stream that changes are written to.
    var openStream: TableStream? {
        streams.last.flatMap { $0.end == nil ? $0 : nil }
    }

    /// Enables or disables the stream.
    ///
    /// - Parameter number: ``CommitClock/mark()``, taken now.
    mutating func change(_ specification: StreamSpecification, at number: UInt64) throws(DynamoDBError) {
        switch (openStream, specification.streamViewType) {
        case (.some, .some): throw .validation("Table already has an enabled stream: TableName: \(name)")
        case (nil, let view?):
            let labelTime = max(number / 1000, streams.last.map { $0.labelTime + 1 } ?? 0)
            streams.append(TableStream(start: number, view: view, labelTime: labelTime))
        case (.some, nil): streams[streams.count - 1].end = number
        case (nil, nil): throw .validation("Table has no stream to disable: TableName: \(name)")
        }
    }
}

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
