/// The life of an engine's core: open, faulty, let go, opened again, closed. Knows neither files nor threads nor time: it
/// says what is to be done next, and is told what came of it.
///
/// RocksDB refuses all writes after the first that it could not make, and its own resumption is not to be relied on
/// (facebook/rocksdb issues 11643 and 12998). So the store is closed and opened again, as after a crash, which loses
/// nothing acknowledged: as soon as its directory can be written. Until then reads go on.
struct CoreLife<Core: Sendable>: Sendable {
    private enum Phase {
        case open(Core)
        /// Reads go on, writes are refused.
        case faulty(Core, StorageError)
        /// To be let go of, and opened again.
        case releasing(Core, StorageError)
        case reopening(StorageError)
        /// It could not be opened again, and trying once more would not help.
        case damaged
        case closed
    }

    /// What is to be done next. Whoever does it tells the result; nothing else is done meanwhile.
    enum Step: Sendable, Equatable {
        case nothing
        /// See whether the directory can be written; then ``tested(isWritable:)``.
        case test(after: Duration)
        /// Stop the core, which ``takeCore()`` gives, and wait until nobody uses it; then ``released()``.
        case release
        /// Open the directory; then ``opened(_:at:)`` or ``openingFailed(_:)``.
        case open(after: Duration)
        /// Stop the core that was just opened.
        case discard
    }

    /// A core that fails again so soon is opened again more and more slowly.
    private static var soon: Duration { .seconds(60) }
    private static var longestPause: Duration { .seconds(4) }

    private var phase: Phase
    /// Which of the cores is open. Faults of earlier ones tell nothing.
    private(set) var generation = 0
    private var openedAt: Duration
    /// How often something has been tried in vain, or for a short time only.
    private var attempts = 0
    /// Whether a core was opened again because of damage.
    private var hasMetDamage = false

    /// - Parameter time: on a clock that only goes forward.
    init(_ core: Core, at time: Duration) {
        phase = .open(core)
        openedAt = time
    }

    private var pause: Duration {
        attempts == 0 ? .zero : min(.milliseconds(250) * (1 << min(attempts - 1, 10)), Self.longestPause)
    }

    // MARK: What is so

    /// The core, to be let go of when an operation ends.
    var core: Core? {
        switch phase {
        case .open(let core), .faulty(let core, _): core
        default: nil
        }
    }

    /// Why writes are refused, for callers; nil if they are not.
    var refusal: String? {
        switch phase {
        case .open: nil
        case .faulty(_, let fault): fault.reason
        case .releasing(_, let fault), .reopening(let fault):
            "The data directory is being opened again after a fault: \(fault.reason)"
        case .damaged: "The data directory cannot be opened again: its files are damaged"
        case .closed: "The engine is closed"
        }
    }

    /// Whether it is given up.
    var isDamaged: Bool {
        if case .damaged = phase { true } else { false }
    }

    // MARK: What happens

    /// A write or a sync of the core failed, so that no later one can be made.
    ///
    /// - Returns: nil if that was known.
    mutating func fail(_ fault: StorageError, generation: Int, at time: Duration) -> Step? {
        guard generation == self.generation, case .open(let core) = phase else { return nil }
        phase = .faulty(core, fault)
        if time - openedAt > Self.soon { attempts = 0 }
        guard fault.kind == .corruption else { return .test(after: pause) }
        // A file that was misread once may be well. One that is misread again is not.
        guard !hasMetDamage else { return .nothing }
        hasMetDamage = true
        phase = .releasing(core, fault)
        return .release
    }

    mutating func tested(isWritable: Bool) -> Step {
        guard case .faulty(let core, let fault) = phase else { return .nothing }
        if isWritable {
            phase = .releasing(core, fault)
            return .release
        }
        attempts += 1
        return .test(after: pause)
    }

    /// The core that is to be released.
    mutating func takeCore() -> Core? {
        guard case .releasing(let core, let fault) = phase else { return nil }
        phase = .reopening(fault)
        return core
    }

    mutating func released() -> Step {
        guard case .reopening = phase else { return .nothing }
        return .open(after: .zero)
    }

    mutating func opened(_ core: Core, at time: Duration) -> Step {
        guard case .reopening = phase else { return .discard }
        phase = .open(core)
        generation += 1
        openedAt = time
        attempts += 1
        return .nothing
    }

    mutating func openingFailed(_ error: any Error) -> Step {
        guard case .reopening = phase else { return .nothing }
        if error is StoredDataError || (error as? StorageError)?.kind == .corruption {
            phase = .damaged
            return .nothing
        }
        attempts += 1
        return .open(after: pause)
    }

    /// The engine is closed for good.
    ///
    /// - Returns: the core, if there is one to stop.
    mutating func close() -> Core? {
        defer { phase = .closed }
        if case .releasing(let core, _) = phase { return core }
        return core
    }
}
