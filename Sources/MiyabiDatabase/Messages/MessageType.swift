/// What a message tells a connection (specification, section 3.4).
public enum MessageType: String, Sendable, Hashable, CaseIterable {
    /// An agent's execution has moved on.
    case executionUpdate = "execution_update"
    /// Something for the user to read.
    case notification
    /// Keeps the connection alive.
    case ping

    /// The type of this name.
    ///
    /// - Throws: ``MessageError`` with the code ``MessageError/Code/unknownType``, naming the types that exist.
    public init(named name: String) throws(MessageError) {
        guard let type = MessageType(rawValue: name) else {
            let known = MessageType.allCases.map(\.rawValue).joined(separator: ", ")
            throw MessageError(.unknownType, "\(name.debugDescription) is no message type; the types are \(known)")
        }
        self = type
    }
}
