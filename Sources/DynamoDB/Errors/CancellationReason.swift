/// Why one action of a cancelled transaction failed, or that it did not.
public struct CancellationReason: Sendable, Hashable {
    /// The stored item, when the action asked for it.
    public var item: Item?
    /// The code; `None` for an action without fault.
    public var code: String?
    /// What was wrong; nil for an action without fault.
    public var message: String?

    /// Makes a reason.
    public init(item: Item? = nil, code: String? = nil, message: String? = nil) {
        self.item = item
        self.code = code
        self.message = message
    }
}
