// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension ApproximateCreationDateTimePrecision {
    package static var namesInErrors: String { "MILLISECOND, MICROSECOND" }
}

extension DescribeKinesisStreamingDestinationInput {
    /// Makes a request of its members.
    public init(
        tableName: String
    ) {
        self.tableName = tableName
    }

    package static var unread: Self { Self(tableName: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TableName", tableName, .tableReference)
    }
}

extension DescribeKinesisStreamingDestinationOutput {
    /// Makes a response of its members.
    public init(
        tableName: String? = nil,
        kinesisDataStreamDestinations: [KinesisDataStreamDestination]? = nil
    ) {
        self.tableName = tableName
        self.kinesisDataStreamDestinations = kinesisDataStreamDestinations
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("KinesisDataStreamDestinations", &kinesisDataStreamDestinations)
    }
}

extension DisableKinesisStreamingDestinationInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        streamArn: String,
        enableKinesisStreamingConfiguration: EnableKinesisStreamingConfiguration? = nil
    ) {
        self.tableName = tableName
        self.streamArn = streamArn
        self.enableKinesisStreamingConfiguration = enableKinesisStreamingConfiguration
    }

    package static var unread: Self { Self(tableName: .init(), streamArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("StreamArn", &streamArn)
        try members.optional("EnableKinesisStreamingConfiguration", &enableKinesisStreamingConfiguration)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("StreamArn", streamArn, .length(37, 1_024))
        check.check("TableName", tableName, .tableReference)
    }
}

extension DisableKinesisStreamingDestinationOutput {
    /// Makes a response of its members.
    public init(
        tableName: String? = nil,
        streamArn: String? = nil,
        destinationStatus: DestinationStatus? = nil,
        enableKinesisStreamingConfiguration: EnableKinesisStreamingConfiguration? = nil
    ) {
        self.tableName = tableName
        self.streamArn = streamArn
        self.destinationStatus = destinationStatus
        self.enableKinesisStreamingConfiguration = enableKinesisStreamingConfiguration
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("StreamArn", &streamArn)
        try members.optional("DestinationStatus", &destinationStatus)
        try members.optional("EnableKinesisStreamingConfiguration", &enableKinesisStreamingConfiguration)
    }
}

extension EnableKinesisStreamingConfiguration {
    /// Makes a value of its members.
    public init(
        approximateCreationDateTimePrecision: ApproximateCreationDateTimePrecision? = nil
    ) {
        self.approximateCreationDateTimePrecision = approximateCreationDateTimePrecision
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ApproximateCreationDateTimePrecision", &approximateCreationDateTimePrecision)
    }
}

extension EnableKinesisStreamingDestinationInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        streamArn: String,
        enableKinesisStreamingConfiguration: EnableKinesisStreamingConfiguration? = nil
    ) {
        self.tableName = tableName
        self.streamArn = streamArn
        self.enableKinesisStreamingConfiguration = enableKinesisStreamingConfiguration
    }

    package static var unread: Self { Self(tableName: .init(), streamArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("StreamArn", &streamArn)
        try members.optional("EnableKinesisStreamingConfiguration", &enableKinesisStreamingConfiguration)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("StreamArn", streamArn, .length(37, 1_024))
        check.check("TableName", tableName, .tableReference)
    }
}

extension EnableKinesisStreamingDestinationOutput {
    /// Makes a response of its members.
    public init(
        tableName: String? = nil,
        streamArn: String? = nil,
        destinationStatus: DestinationStatus? = nil,
        enableKinesisStreamingConfiguration: EnableKinesisStreamingConfiguration? = nil
    ) {
        self.tableName = tableName
        self.streamArn = streamArn
        self.destinationStatus = destinationStatus
        self.enableKinesisStreamingConfiguration = enableKinesisStreamingConfiguration
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("StreamArn", &streamArn)
        try members.optional("DestinationStatus", &destinationStatus)
        try members.optional("EnableKinesisStreamingConfiguration", &enableKinesisStreamingConfiguration)
    }
}

extension KinesisDataStreamDestination {
    /// Makes a value of its members.
    public init(
        streamArn: String? = nil,
        destinationStatus: DestinationStatus? = nil,
        destinationStatusDescription: String? = nil,
        approximateCreationDateTimePrecision: ApproximateCreationDateTimePrecision? = nil
    ) {
        self.streamArn = streamArn
        self.destinationStatus = destinationStatus
        self.destinationStatusDescription = destinationStatusDescription
        self.approximateCreationDateTimePrecision = approximateCreationDateTimePrecision
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("StreamArn", &streamArn)
        try members.optional("DestinationStatus", &destinationStatus)
        try members.optional("DestinationStatusDescription", &destinationStatusDescription)
        try members.optional("ApproximateCreationDateTimePrecision", &approximateCreationDateTimePrecision)
    }
}

extension UpdateKinesisStreamingConfiguration {
    /// Makes a value of its members.
    public init(
        approximateCreationDateTimePrecision: ApproximateCreationDateTimePrecision? = nil
    ) {
        self.approximateCreationDateTimePrecision = approximateCreationDateTimePrecision
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ApproximateCreationDateTimePrecision", &approximateCreationDateTimePrecision)
    }
}

extension UpdateKinesisStreamingDestinationInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        streamArn: String,
        updateKinesisStreamingConfiguration: UpdateKinesisStreamingConfiguration? = nil
    ) {
        self.tableName = tableName
        self.streamArn = streamArn
        self.updateKinesisStreamingConfiguration = updateKinesisStreamingConfiguration
    }

    package static var unread: Self { Self(tableName: .init(), streamArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("StreamArn", &streamArn)
        try members.optional("UpdateKinesisStreamingConfiguration", &updateKinesisStreamingConfiguration)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("StreamArn", streamArn, .length(37, 1_024))
        check.check("TableName", tableName, .tableReference)
    }
}

extension UpdateKinesisStreamingDestinationOutput {
    /// Makes a response of its members.
    public init(
        tableName: String? = nil,
        streamArn: String? = nil,
        destinationStatus: DestinationStatus? = nil,
        updateKinesisStreamingConfiguration: UpdateKinesisStreamingConfiguration? = nil
    ) {
        self.tableName = tableName
        self.streamArn = streamArn
        self.destinationStatus = destinationStatus
        self.updateKinesisStreamingConfiguration = updateKinesisStreamingConfiguration
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("StreamArn", &streamArn)
        try members.optional("DestinationStatus", &destinationStatus)
        try members.optional("UpdateKinesisStreamingConfiguration", &updateKinesisStreamingConfiguration)
    }
}
