/// Lists the Kinesis streams that get the changes of a table.
///
/// Source: AWS, "DescribeKinesisStreamingDestination" in the Amazon DynamoDB API reference.
public struct DescribeKinesisStreamingDestinationInput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String

    private init() { self = .unread }
}

/// What DescribeKinesisStreamingDestination returns.
public struct DescribeKinesisStreamingDestinationOutput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String?
    /// The Kinesis streams that get the changes of the table.
    public var kinesisDataStreamDestinations: [KinesisDataStreamDestination]?

    private init() { self = .unread }
}

/// A Kinesis stream that gets the changes of a table.
public struct KinesisDataStreamDestination: Sendable, Hashable, JSONObject {
    /// The Kinesis stream's ARN.
    public var streamArn: String?
    /// Whether records are written to the stream.
    public var destinationStatus: DestinationStatus?
    /// More about the status.
    public var destinationStatusDescription: String?
    /// How precise the times of records are.
    public var approximateCreationDateTimePrecision: ApproximateCreationDateTimePrecision?

    private init() { self = .unread }
}

/// A state of a Kinesis stream as a table's destination.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct DestinationStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `ENABLING`.
    public static let enabling = DestinationStatus(rawValue: "ENABLING")
    /// `ACTIVE`.
    public static let active = DestinationStatus(rawValue: "ACTIVE")
    /// `DISABLING`.
    public static let disabling = DestinationStatus(rawValue: "DISABLING")
    /// `DISABLED`.
    public static let disabled = DestinationStatus(rawValue: "DISABLED")
    /// `ENABLE_FAILED`.
    public static let enableFailed = DestinationStatus(rawValue: "ENABLE_FAILED")
    /// `UPDATING`.
    public static let updating = DestinationStatus(rawValue: "UPDATING")
}

/// How precise the times of records in a Kinesis stream are.
public enum ApproximateCreationDateTimePrecision: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `MILLISECOND`.
    case millisecond = "MILLISECOND"
    /// `MICROSECOND`.
    case microsecond = "MICROSECOND"
}

/// Writes the changes of a table to a Kinesis stream.
///
/// AWS's shape `KinesisStreamingDestinationInput`.
///
/// Source: AWS, "EnableKinesisStreamingDestination" in the Amazon DynamoDB API reference.
public struct EnableKinesisStreamingDestinationInput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String
    /// The Kinesis stream's ARN.
    public var streamArn: String
    /// How records are written.
    public var enableKinesisStreamingConfiguration: EnableKinesisStreamingConfiguration?

    private init() { self = .unread }
}

/// How records are written to a Kinesis stream.
public struct EnableKinesisStreamingConfiguration: Sendable, Hashable, JSONObject {
    /// How precise the times of records are.
    public var approximateCreationDateTimePrecision: ApproximateCreationDateTimePrecision?

    private init() { self = .unread }
}

/// What EnableKinesisStreamingDestination returns.
///
/// AWS's shape `KinesisStreamingDestinationOutput`.
public struct EnableKinesisStreamingDestinationOutput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String?
    /// The Kinesis stream's ARN.
    public var streamArn: String?
    /// Whether records are written to the stream.
    public var destinationStatus: DestinationStatus?
    /// How records are written.
    public var enableKinesisStreamingConfiguration: EnableKinesisStreamingConfiguration?

    private init() { self = .unread }
}

/// Ends writing the changes of a table to a Kinesis stream.
///
/// AWS's shape `KinesisStreamingDestinationInput`.
///
/// Source: AWS, "DisableKinesisStreamingDestination" in the Amazon DynamoDB API reference.
public struct DisableKinesisStreamingDestinationInput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String
    /// The Kinesis stream's ARN.
    public var streamArn: String
    /// How records are written.
    public var enableKinesisStreamingConfiguration: EnableKinesisStreamingConfiguration?

    private init() { self = .unread }
}

/// What DisableKinesisStreamingDestination returns.
///
/// AWS's shape `KinesisStreamingDestinationOutput`.
public struct DisableKinesisStreamingDestinationOutput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String?
    /// The Kinesis stream's ARN.
    public var streamArn: String?
    /// Whether records are written to the stream.
    public var destinationStatus: DestinationStatus?
    /// How records are written.
    public var enableKinesisStreamingConfiguration: EnableKinesisStreamingConfiguration?

    private init() { self = .unread }
}

/// Changes how a table's changes are written to a Kinesis stream.
///
/// Source: AWS, "UpdateKinesisStreamingDestination" in the Amazon DynamoDB API reference.
public struct UpdateKinesisStreamingDestinationInput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String
    /// The Kinesis stream's ARN.
    public var streamArn: String
    /// How records are to be written.
    public var updateKinesisStreamingConfiguration: UpdateKinesisStreamingConfiguration?

    private init() { self = .unread }
}

/// How records shall be written to a Kinesis stream.
public struct UpdateKinesisStreamingConfiguration: Sendable, Hashable, JSONObject {
    /// How precise the times of records are.
    public var approximateCreationDateTimePrecision: ApproximateCreationDateTimePrecision?

    private init() { self = .unread }
}

/// What UpdateKinesisStreamingDestination returns.
public struct UpdateKinesisStreamingDestinationOutput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String?
    /// The Kinesis stream's ARN.
    public var streamArn: String?
    /// Whether records are written to the stream.
    public var destinationStatus: DestinationStatus?
    /// How records are to be written.
    public var updateKinesisStreamingConfiguration: UpdateKinesisStreamingConfiguration?

    private init() { self = .unread }
}
