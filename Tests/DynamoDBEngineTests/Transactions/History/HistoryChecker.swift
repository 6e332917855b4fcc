/// Looks for what no strictly serializable database could have done.
///
/// The lists give the order of versions of each key, and with it which operation depends on which: it wrote the next
/// version (ww), it read a version (wr), it read a version that was then replaced (rw), or it began after the other had
/// ended. Where these dependencies run in a circle, no order of the operations explains what the clients saw.
///
/// Source: Kingsbury and Alvaro, "Elle: Inferring Isolation Anomalies from Experimental Observations", VLDB 2020.
struct HistoryChecker {
    enum Anomaly: Equatable {
        /// The list holds a number twice, or one whose operation did not append it.
        case phantom(History.Key, Int)
        /// The operation appended to the key, and the list does not have it.
        case lost(History.Key, Int)
        /// What the operation read is no beginning of the list.
        case divergent(History.Key, reader: Int)
        /// These operations depend on each other in a circle.
        case cycle([Int])
    }

    private let history: History
    private var graph: DependencyGraph

    static func anomalies(of history: History) -> [Anomaly] {
        var checker = HistoryChecker(history)
        let anomalies = checker.misplaced()
        // Without an order of versions there are no dependencies to speak of.
        guard anomalies.isEmpty else { return anomalies }
        checker.addDependencies()
        return checker.graph.cycle().map { [.cycle($0)] } ?? []
    }

    private init(_ history: History) {
        self.history = history
        graph = DependencyGraph()
    }

    private func misplaced() -> [Anomaly] {
        var anomalies: [Anomaly] = []
        for (key, list) in history.final {
            for (index, number) in list.enumerated() {
                let isMade = history.operations[number]?.appends.contains(key) ?? false
                if !isMade || list[..<index].contains(number) { anomalies.append(.phantom(key, number)) }
            }
        }
        for (number, operation) in history.operations {
            for key in operation.appends where !(history.final[key] ?? []).contains(number) {
                anomalies.append(.lost(key, number))
            }
            for (key, list) in operation.reads where !(history.final[key] ?? []).starts(with: list) {
                anomalies.append(.divergent(key, reader: number))
            }
        }
        return anomalies
    }

    private mutating func addDependencies() {
        for list in history.final.values {
            for (earlier, later) in zip(list, list.dropFirst()) { graph.add(.operation(earlier), .operation(later)) }
        }
        for (number, operation) in history.operations {
            for (key, list) in operation.reads {
                if let writer = list.last { graph.add(.operation(writer), .operation(number)) }
                if let next = history.final[key]?.dropFirst(list.count).first {
                    graph.add(.operation(number), .operation(next))
                }
            }
            // By way of the moments, whoever returned comes before all that were invoked later.
            graph.add(.moment(operation.invoked), .operation(number))
            graph.add(.operation(number), .moment(operation.returned))
        }
        let moments = history.operations.values.flatMap { [$0.invoked, $0.returned] }.sorted()
        for (earlier, later) in zip(moments, moments.dropFirst()) { graph.add(.moment(earlier), .moment(later)) }
    }
}
