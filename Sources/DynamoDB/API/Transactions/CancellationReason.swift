/// Why one action of a cancelled transaction failed, or that it did not.
public struct CancellationReason: Sendable, Hashable, JSONObject {
    /// The stored item, when the action asked for it.
    public var item: Item?
    /// The code; `None` for an action without fault.
    public var code: String?
    /// What was wrong; nil for an action without fault.
    public var message: String?

    private init() { self = .unread }
}
