import DynamoDB

/// What a subscription remembers of a shard, in the item of its lease.
struct ShardProgress: Sendable, Hashable {
    /// Who works on it; nil when nobody does.
    let owner: String?
    /// The sequence number of the last change that was handled; nil before the first.
    let checkpoint: String?
    /// Whether the shard is closed and all of it was handled.
    let hasEnded: Bool
    /// How often changes were dropped by the stream before they were read.
    let gaps: Int

    init(_ item: Item?) {
        owner = item?["owner"]?.string
        checkpoint = item?["checkpoint"]?.string
        hasEnded = item?["ended"]?.bool ?? false
        gaps = item?["gaps"]?.int ?? 0
    }

    /// How long the item of a shard that has ended is kept: longer than the stream tells of the shard, which is a day.
    static let retention = Duration.seconds(7 * 86_400)
}
