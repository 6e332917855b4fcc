/// What a client that comes back gets.
public enum MessageReplay: Sendable, Hashable {
    /// The messages right after the cursor, in order, none missing. Empty when the client has them all; otherwise there
    /// may be more after the last.
    case messages([Message])
    /// What came after the cursor can no longer be told completely: the client must load its state anew.
    case notRecovered(Reason)

    /// Why messages cannot be recovered.
    public enum Reason: Sendable, Hashable {
        /// The next message after the cursor has expired.
        case expired
        /// The cursor is none of this life of the connection's queue: that life ended with a month of silence, or the
        /// table was restored to an earlier moment.
        case otherLife
    }
}
