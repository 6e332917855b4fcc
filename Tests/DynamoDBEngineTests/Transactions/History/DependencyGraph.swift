/// What must come before what.
struct DependencyGraph {
    enum Node: Hashable {
        case operation(Int)
        case moment(Int)
    }

    private var successors: [Node: Set<Node>] = [:]
    private var predecessors: [Node: Set<Node>] = [:]

    /// Adds that one comes before the other. A node does not depend on itself.
    mutating func add(_ earlier: Node, _ later: Node) {
        guard earlier != later else { return }
        successors[earlier, default: []].insert(later)
        predecessors[later, default: []].insert(earlier)
    }

    /// The operations on some circle, in order; nil if there is none.
    func cycle() -> [Int]? {
        // Whatever nothing comes before is taken away, until only circles and what comes after them are left.
        var waiting = predecessors.mapValues(\.count)
        var free = successors.keys.filter { waiting[$0] == nil }
        while let node = free.popLast() {
            for later in successors[node] ?? [] {
                waiting[later]? -= 1
                if waiting[later] == 0 {
                    waiting[later] = nil
                    free.append(later)
                }
            }
        }
        guard var node = waiting.keys.first else { return nil }
        var way: [Node] = []
        while !way.contains(node) {
            way.append(node)
            guard let earlier = predecessors[node]?.first(where: { waiting[$0] != nil }) else { return nil }
            node = earlier
        }
        let circle = way.drop { $0 != node }.reversed()
        return circle.compactMap { node in if case .operation(let number) = node { number } else { nil } }
    }
}
