import Foundation
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

extension WorkflowDefinition {
    /// The nodes of one cycle in the order of its edges, each once; nil if there is none.
    public var cycle: [String]? {
        var successors: [String: [String]] = [:]
        var entries: [String: Int] = [:]
        for edge in edges {
            successors[edge.source, default: []].append(edge.target)
            entries[edge.target, default: 0] += 1
        }
        // What can be put in an order, from the beginnings on, lies on no cycle …
        var rest = Set(nodes.map(\.id))
        var free = nodes.map(\.id).filter { entries[$0] == nil }
        while let node = free.popLast() {
            rest.remove(node)
            for next in successors[node] ?? [] {
                entries[next, default: 0] -= 1
                if entries[next] == 0 { free.append(next) }
            }
        }
        // … and each node of the rest has one before it there, so that a walk against the edges comes round.
        var predecessors: [String: String] = [:]
        for edge in edges where rest.contains(edge.source) && rest.contains(edge.target) {
            predecessors[edge.target] = edge.source
        }
        guard var node = nodes.map(\.id).first(where: rest.contains) else { return nil }
        var places: [String: Int] = [:]
        var walk: [String] = []
        while places[node] == nil, let before = predecessors[node] {
            places[node] = walk.count
            walk.append(node)
            node = before
        }
        return walk[(places[node] ?? 0)...].reversed()
    }
}

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
                "edge \(edge.debugDescription) names node \(node.debugDescription), which does not exist"
            case .danglingParent(let node, let parent):
                "node \(node.debugDescription) lies in \(parent.debugDescription), which does not exist or is the node itself"
            }
        }
    }

    /// One sentence.
    public var description: String {
        "The workflow's definition is not valid: \(problems.map(\.description).joined(separator: "; "))."
    }
}
