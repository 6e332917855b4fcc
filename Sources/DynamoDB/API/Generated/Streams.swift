// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension DescribeStreamInput {
    /// Makes a request of its members.
    public init(
        streamArn: String,
        limit: Int? = nil,
        exclusiveStartShardId: String? = nil,
        shardFilter: ShardFilter? = nil
    ) {
        self.streamArn = streamArn
        self.limit = limit
        self.exclusiveStartShardId = exclusiveStartShardId
        self.shardFilter = shardFilter
    }

    package static var unread: Self { Self(streamArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("StreamArn", &streamArn)
        try members.optional("ExclusiveStartShardId", &exclusiveStartShardId)
        try members.optional("ShardFilter", &shardFilter)
        try members.optional("Limit", &limit)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("StreamArn", streamArn, .length(37, 1_024))
        check.check("ExclusiveStartShardId", exclusiveStartShardId, .length(28, 65))
        check.look(into: shardFilter, at: "ShardFilter")
        check.check("Limit", limit, .value(1, nil))
    }
}

extension DescribeStreamOutput {
    /// Makes a response of its members.
    public init(
        streamDescription: StreamDescription
    ) {
        self.streamDescription = streamDescription
    }

    package static var unread: Self { Self(streamDescription: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("StreamDescription", &streamDescription)
    }
}

extension GetRecordsInput {
    /// Makes a request of its members.
    public init(
        shardIterator: String,
        limit: Int? = nil
    ) {
        self.shardIterator = shardIterator
        self.limit = limit
    }

    package static var unread: Self { Self(shardIterator: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ShardIterator", &shardIterator)
        try members.optional("Limit", &limit)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ShardIterator", shardIterator, .length(1, 2_048))
        check.check("Limit", limit, .value(1, nil))
    }
}

extension GetRecordsOutput {
    /// Makes a response of its members.
    public init(
        records: [StreamEvent]? = nil,
        nextShardIterator: String? = nil
    ) {
        self.records = records
        self.nextShardIterator = nextShardIterator
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Records", &records)
        try members.optional("NextShardIterator", &nextShardIterator)
    }
}

extension GetShardIteratorInput {
    /// Makes a request of its members.
    public init(
        streamArn: String,
        shardId: String,
        shardIteratorType: ShardIteratorType,
        sequenceNumber: String? = nil,
        timestamp: Double? = nil
    ) {
        self.streamArn = streamArn
        self.shardId = shardId
        self.shardIteratorType = shardIteratorType
        self.sequenceNumber = sequenceNumber
        self.timestamp = timestamp
    }

    package static var unread: Self { Self(streamArn: .init(), shardId: .init(), shardIteratorType: .trimHorizon) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("SequenceNumber", &sequenceNumber)
        try members.required("StreamArn", &streamArn)
        try members.required("ShardId", &shardId)
        try members.required("ShardIteratorType", &shardIteratorType)
        try members.optional("Timestamp", &timestamp)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("SequenceNumber", sequenceNumber, .length(21, 40))
        check.check("StreamArn", streamArn, .length(37, 1_024))
        check.check("ShardId", shardId, .length(28, 65))
    }
}

extension GetShardIteratorOutput {
    /// Makes a response of its members.
    public init(
        shardIterator: String? = nil
    ) {
        self.shardIterator = shardIterator
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ShardIterator", &shardIterator)
    }
}

extension ListStreamsInput {
    /// Makes a request of its members.
    public init(
        tableName: String? = nil,
        limit: Int? = nil,
        exclusiveStartStreamArn: String? = nil
    ) {
        self.tableName = tableName
        self.limit = limit
        self.exclusiveStartStreamArn = exclusiveStartStreamArn
    }

    package static var unread: Self { Self() }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Limit", &limit)
        try members.optional("TableName", &tableName)
        try members.optional("ExclusiveStartStreamArn", &exclusiveStartStreamArn)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("Limit", limit, .value(1, nil))
        check.check("TableName", tableName, .length(3, 255, .name))
        check.check("ExclusiveStartStreamArn", exclusiveStartStreamArn, .length(37, 1_024))
    }
}

extension ListStreamsOutput {
    /// Makes a response of its members.
    public init(
        streams: [StreamSummary]? = nil,
        lastEvaluatedStreamArn: String? = nil
    ) {
        self.streams = streams
        self.lastEvaluatedStreamArn = lastEvaluatedStreamArn
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Streams", &streams)
        try members.optional("LastEvaluatedStreamArn", &lastEvaluatedStreamArn)
    }
}
