import Foundation
import Synchronization

/// Something that a test closes and opens while others wait before it.
final class Gate: Sendable {
    private let isClosed = Atomic(false)
    private let waitingCount = Atomic(0)

    func close() { isClosed.store(true, ordering: .sequentiallyConsistent) }
    func open() { isClosed.store(false, ordering: .sequentiallyConsistent) }

    var stands: Bool { !isClosed.load(ordering: .sequentiallyConsistent) }
    /// How many wait.
    var waiting: Int { waitingCount.load(ordering: .sequentiallyConsistent) }

    /// Returns once the gate is open. Blocks its thread.
    func pass() {
        guard !stands else { return }
        waitingCount.add(1, ordering: .sequentiallyConsistent)
        while !stands { sleepShortly() }
        waitingCount.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// Returns once so many wait.
    func waitFor(_ count: Int) async throws {
        while waiting < count { try await Task.sleep(for: .milliseconds(1)) }
    }

    private func sleepShortly() {
        var pause = timespec(tv_sec: 0, tv_nsec: 500_000)
        nanosleep(&pause, nil)
    }
}

/// The order in which things happened.
final class Order: Sendable {
    private let state = Mutex<[Int]>([])

    var numbers: [Int] { state.withLock { $0 } }

    func append(_ number: Int) { state.withLock { $0.append(number) } }
}
