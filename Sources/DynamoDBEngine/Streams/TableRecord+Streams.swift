internal import DynamoDB

extension StreamSpecification {
    func check() throws(DynamoDBError) {
        switch (streamEnabled, streamViewType) {
        case (true, nil):
            throw .invalidParameter("StreamViewType must be specified when StreamEnabled is true")
        case (false, .some):
            throw .invalidParameter("StreamViewType must not be specified when StreamEnabled is false")
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
        try specification.check()
        switch (openStream, specification.streamViewType) {
        case (.some, .some): throw .validation("Table already has an enabled stream: TableName: \(name)")
        case (nil, let view?): streams.append(TableStream(start: number, view: view))
        case (.some, nil): streams[streams.count - 1].end = number
        case (nil, nil): throw .validation("Table has no enabled stream to disable: TableName: \(name)")
        }
    }
}
