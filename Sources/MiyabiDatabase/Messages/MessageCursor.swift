/// A message's place in the queue of its connection; also how far a reader has come.
///
/// Text without meaning to the client that keeps it.
public struct MessageCursor: Sendable, Hashable, LosslessStringConvertible {
    /// The life of the connection's queue that the number belongs to.
    let epoch: ULID
    /// The message's sort key: at least the milliseconds since 1970 at which it was sent, greater than the number of
    /// every message that was sent to the connection before.
    public let number: Int

    init(epoch: ULID, number: Int) {
        self.epoch = epoch
        self.number = number
    }

    /// Reads the text form; nil for anything that ``description`` does not write.
    public init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let epoch = ULID(parts[0]), let number = Int(parts[1]), number >= 0 else { return nil }
        self.init(epoch: epoch, number: number)
        guard self.description == description else { return nil }
    }

    /// `01KB7JR3M0Y8ZJ4T0V5QG6X9WA-1764412200000`.
    public var description: String { "\(epoch)-\(number)" }
}
