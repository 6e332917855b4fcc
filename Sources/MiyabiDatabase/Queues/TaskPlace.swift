/// A task's place in one of a queue's two orders: by when it may be tried, or by when it was given up.
struct TaskPlace: Sendable, Hashable {
    enum Order: String, Sendable {
        case waiting = "WAITING#"
        case dead = "DEAD#"

        /// The bound of the places up to a moment, that one included: `$` is the character after `#`.
        func end(_ moment: Timestamp) -> String { "\(rawValue)\(moment.sortKey)$" }
    }

    /// The sort key of its item.
    let sort: String

    init(_ order: Order, _ moment: Timestamp, _ taskID: String) {
        sort = "\(order.rawValue)\(moment.sortKey)#\(taskID)"
    }

    init(sort: String) {
        self.sort = sort
    }

    var isDead: Bool { sort.hasPrefix(Order.dead.rawValue) }
}
