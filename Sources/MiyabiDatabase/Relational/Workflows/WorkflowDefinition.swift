internal import Foundation
public import Postgres

/// A flow as React Flow draws and stores it: nodes, and edges between them. What this type does not know of it, such as
/// positions, styles and a node's data, is kept as it is.
///
/// Source: the React Flow reference, types Node, Edge and ReactFlowJsonObject.
public struct WorkflowDefinition: Sendable, Hashable {
    /// The whole definition, as it was given.
    public let json: PostgresJSON
    /// The nodes, in their order.
    public let nodes: [Node]
    /// The edges, in their order.
    public let edges: [Edge]

    /// The longest definition, in bytes of its text.
    public static let maximumBytes = 1 << 20

    /// A step.
    public struct Node: Sendable, Hashable, Decodable {
        /// Unlike every other node's.
        public var id: String
        /// The node that it lies in, of a group.
        public var parentId: String?
    }

    /// A way from one step to another.
    public struct Edge: Sendable, Hashable, Decodable {
        /// Unlike every other edge's.
        public var id: String
        /// The node that it leaves.
        public var source: String
        /// The node that it enters.
        public var target: String
    }

    /// Reads and checks a definition.
    ///
    /// A cycle is no fault: a review may send work back. See ``cycle``.
    ///
    /// - Throws: ``WorkflowDefinitionError``, with everything that is wrong.
    public init(_ json: PostgresJSON) throws(WorkflowDefinitionError) {
        struct Flow: Decodable {
            var nodes: [Node]
            var edges: [Edge]
        }
        let size = json.text.utf8.count
        guard size <= WorkflowDefinition.maximumBytes else { throw WorkflowDefinitionError([.tooLarge(bytes: size)]) }
        let flow: Flow
        do {
            flow = try json.decode()
        } catch {
            throw WorkflowDefinitionError([.notAFlow(WorkflowDefinition.reason(of: error))])
        }
        self.json = json
        nodes = flow.nodes
        edges = flow.edges
        let problems = self.problems
        guard problems.isEmpty else { throw WorkflowDefinitionError(problems) }
    }

    private var problems: [WorkflowDefinitionError.Problem] {
        var problems: [WorkflowDefinitionError.Problem] = []
        var nodeIDs: Set<String> = []
        for node in nodes where node.id.isEmpty || !nodeIDs.insert(node.id).inserted {
            problems.append(.repeatedNode(node.id))
        }
        for node in nodes {
            if let parent = node.parentId, !nodeIDs.contains(parent) || parent == node.id {
                problems.append(.danglingParent(node: node.id, parent: parent))
            }
        }
        var edgeIDs: Set<String> = []
        for edge in edges {
            if edge.id.isEmpty || !edgeIDs.insert(edge.id).inserted { problems.append(.repeatedEdge(edge.id)) }
            for end in [edge.source, edge.target] where !nodeIDs.contains(end) {
                problems.append(.danglingEdge(edge: edge.id, node: end))
            }
        }
        return problems
    }

    /// What a decoding error says, with the place.
    private static func reason(of error: any Error) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
        }
        return switch error as? DecodingError {
        case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(place(context.codingPath)) is of another type"
        default: "it is not JSON"
        }
    }
}
