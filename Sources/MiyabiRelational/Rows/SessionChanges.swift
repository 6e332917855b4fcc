import Synchronization

/// Whether a session has changed executions, so that there is something to ring for once it has committed.
package final class SessionChanges: Sendable {
    private let isEmptyNow = Atomic(true)

    package var isEmpty: Bool { isEmptyNow.load(ordering: .relaxed) }

    /// Nothing yet.
    package init() {}

    func note() { isEmptyNow.store(false, ordering: .relaxed) }
}
