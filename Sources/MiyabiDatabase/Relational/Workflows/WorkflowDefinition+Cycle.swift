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
