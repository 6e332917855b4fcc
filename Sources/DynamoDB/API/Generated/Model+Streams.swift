// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension SequenceNumberRange {
    /// Makes a value of its members.
    public init(
        startingSequenceNumber: String? = nil,
        endingSequenceNumber: String? = nil
    ) {
        self.startingSequenceNumber = startingSequenceNumber
        self.endingSequenceNumber = endingSequenceNumber
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("StartingSequenceNumber", &startingSequenceNumber)
        try members.optional("EndingSequenceNumber", &endingSequenceNumber)
    }
}

extension Shard {
    /// Makes a value of its members.
    public init(
        shardId: String? = nil,
        sequenceNumberRange: SequenceNumberRange? = nil,
        parentShardId: String? = nil
    ) {
        self.shardId = shardId
        self.sequenceNumberRange = sequenceNumberRange
        self.parentShardId = parentShardId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ShardId", &shardId)
        try members.optional("SequenceNumberRange", &sequenceNumberRange)
        try members.optional("ParentShardId", &parentShardId)
    }
}

extension ShardFilter {
    /// Makes a value of its members.
    public init(
        type: ShardFilterType? = nil,
        shardId: String? = nil
    ) {
        self.type = type
        self.shardId = shardId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ShardId", &shardId)
        try members.optional("Type", &type)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ShardId", shardId, .length(28, 65))
    }
}

extension ShardFilterType {
    package static var namesInErrors: String { "CHILD_SHARDS" }
}

extension ShardIteratorType {
    package static var namesInErrors: String { "TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, AT_TIMESTAMP" }
}

extension StreamDescription {
    /// Makes a value of its members.
    public init(
        streamArn: String? = nil,
        streamLabel: String? = nil,
        streamStatus: StreamStatus? = nil,
        streamViewType: StreamViewType? = nil,
        creationRequestDateTime: Double? = nil,
        tableName: String? = nil,
        keySchema: [KeySchemaElement]? = nil,
        shards: [Shard]? = nil,
        lastEvaluatedShardId: String? = nil
    ) {
        self.streamArn = streamArn
        self.streamLabel = streamLabel
        self.streamStatus = streamStatus
        self.streamViewType = streamViewType
        self.creationRequestDateTime = creationRequestDateTime
        self.tableName = tableName
        self.keySchema = keySchema
        self.shards = shards
        self.lastEvaluatedShardId = lastEvaluatedShardId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("StreamArn", &streamArn)
        try members.optional("StreamLabel", &streamLabel)
        try members.optional("StreamStatus", &streamStatus)
        try members.optional("StreamViewType", &streamViewType)
        try members.optional("CreationRequestDateTime", &creationRequestDateTime)
        try members.optional("TableName", &tableName)
        try members.optional("KeySchema", &keySchema)
        try members.optional("Shards", &shards)
        try members.optional("LastEvaluatedShardId", &lastEvaluatedShardId)
    }
}

extension StreamEvent {
    /// Makes a value of its members.
    public init(
        eventID: String? = nil,
        eventName: StreamEventName? = nil,
        eventVersion: String? = nil,
        eventSource: String? = nil,
        awsRegion: String? = nil,
        dynamodb: StreamRecord? = nil,
        userIdentity: StreamIdentity? = nil
    ) {
        self.eventID = eventID
        self.eventName = eventName
        self.eventVersion = eventVersion
        self.eventSource = eventSource
        self.awsRegion = awsRegion
        self.dynamodb = dynamodb
        self.userIdentity = userIdentity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("eventID", &eventID)
        try members.optional("eventName", &eventName)
        try members.optional("eventVersion", &eventVersion)
        try members.optional("eventSource", &eventSource)
        try members.optional("awsRegion", &awsRegion)
        try members.optional("dynamodb", &dynamodb)
        try members.optional("userIdentity", &userIdentity)
    }
}

extension StreamEventName {
    package static var namesInErrors: String { "INSERT, MODIFY, REMOVE" }
}

extension StreamIdentity {
    /// Makes a value of its members.
    public init(
        principalId: String? = nil,
        type: String? = nil
    ) {
        self.principalId = principalId
        self.type = type
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("PrincipalId", &principalId)
        try members.optional("Type", &type)
    }
}

extension StreamRecord {
    /// Makes a value of its members.
    public init(
        approximateCreationDateTime: Double? = nil,
        keys: Item? = nil,
        newImage: Item? = nil,
        oldImage: Item? = nil,
        sequenceNumber: String? = nil,
        sizeBytes: Int? = nil,
        streamViewType: StreamViewType? = nil
    ) {
        self.approximateCreationDateTime = approximateCreationDateTime
        self.keys = keys
        self.newImage = newImage
        self.oldImage = oldImage
        self.sequenceNumber = sequenceNumber
        self.sizeBytes = sizeBytes
        self.streamViewType = streamViewType
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ApproximateCreationDateTime", &approximateCreationDateTime)
        try members.optional("Keys", &keys)
        try members.optional("NewImage", &newImage)
        try members.optional("OldImage", &oldImage)
        try members.optional("SequenceNumber", &sequenceNumber)
        try members.optional("SizeBytes", &sizeBytes)
        try members.optional("StreamViewType", &streamViewType)
    }
}

extension StreamSpecification {
    /// Makes a value of its members.
    public init(
        streamEnabled: Bool,
        streamViewType: StreamViewType? = nil
    ) {
        self.streamEnabled = streamEnabled
        self.streamViewType = streamViewType
    }

    package static var unread: Self { Self(streamEnabled: false) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("StreamViewType", &streamViewType)
        try members.required("StreamEnabled", &streamEnabled)
    }
}

extension StreamViewType {
    package static var namesInErrors: String { "NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES, KEYS_ONLY" }
}

extension StreamSummary {
    /// Makes a value of its members.
    public init(
        streamArn: String? = nil,
        tableName: String? = nil,
        streamLabel: String? = nil
    ) {
        self.streamArn = streamArn
        self.tableName = tableName
        self.streamLabel = streamLabel
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("StreamArn", &streamArn)
        try members.optional("TableName", &tableName)
        try members.optional("StreamLabel", &streamLabel)
    }
}
