/// What kind of thing happened (specification, section 3.2).
public enum EventType: String, Sendable, Hashable, CaseIterable {
    /// An agent worked: a run, or a commit that came out of one.
    case agentExecution = "agent_execution"
    /// A plugin was used in a way that is metered.
    case usageEvent = "usage_event"
    /// GitHub sent a webhook.
    case webhook

    /// The type of this name.
    ///
    /// - Throws: ``EventError`` with the code ``EventError/Code/unknownType``, naming the types that exist.
    public init(named name: String) throws(EventError) {
        guard let type = EventType(rawValue: name) else {
            let known = EventType.allCases.map(\.rawValue).joined(separator: ", ")
            throw EventError(.unknownType, "\(name.debugDescription) is no event type; the types are \(known)")
        }
        self = type
    }
}
