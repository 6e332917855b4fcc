/// Why a policy is refused. Nothing of a policy is ever passed over: what is not understood would have been a limit.
public struct PolicyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and in which statement.
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    /// The same, in a part of the document.
    func within(_ part: String) -> PolicyError { PolicyError("\(part): \(description)") }
}
