/// Which place in a shard an iterator begins at.
public enum ShardIteratorType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// The oldest record that is kept.
    case trimHorizon = "TRIM_HORIZON"
    /// After the newest record.
    case latest = "LATEST"
    /// The record of a sequence number.
    case atSequenceNumber = "AT_SEQUENCE_NUMBER"
    /// The record after a sequence number.
    case afterSequenceNumber = "AFTER_SEQUENCE_NUMBER"
    /// The first record since a moment.
    case atTimestamp = "AT_TIMESTAMP"
}
