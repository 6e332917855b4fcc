/// A definition that is no flow. Nothing was stored.
public struct WorkflowDefinitionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Everything that is wrong with it; at least one.
    public let problems: [Problem]

    init(_ problems: [Problem]) {
        self.problems = problems
    }

    /// One thing that is wrong.
    public enum Problem: Sendable, Hashable, CustomStringConvertible {
        /// The text has more than ``WorkflowDefinition/maximumBytes``.
        case tooLarge(bytes: Int)
        /// It has not the form of React Flow's objects: where, and why.
        case notAFlow(String)
        /// A node's id is empty or another's.
        case repeatedNode(String)
        /// An edge's id is empty or another's.
        case repeatedEdge(String)
        /// An edge begins or ends at a node that is not there.
        case danglingEdge(edge: String, node: String)
        /// A node lies in one that is not there, or in itself.
        case danglingParent(node: String, parent: String)

        /// Some words.
        public var description: String {
            switch self {
            case .tooLarge(let bytes): "it has \(bytes) bytes, at most \(WorkflowDefinition.maximumBytes) are allowed"
            case .notAFlow(let reason): "it is not a React Flow definition: \(reason)"
            case .repeatedNode(let id): "the node id \(id.debugDescription) is empty or used twice"
            case .repeatedEdge(let id): "the edge id \(id.debugDescription) is empty or used twice"
            case .danglingEdge(let edge, let node):
                "edge \(edge.debugDescription) names node \(node.debugDescription), which is not there"
            case .danglingParent(let node, let parent):
                "node \(node.debugDescription) lies in \(parent.debugDescription), which is not there or is itself"
            }
        }
    }

    /// One sentence.
    public var description: String {
        "The workflow's definition is not valid: \(problems.map(\.description).joined(separator: "; "))."
    }
}
