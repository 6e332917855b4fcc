internal import Logging
internal import Synchronization

/// Chooses which requests fail on purpose, tells each in the log, and counts them.
final class FaultInjector: Sendable {
    private struct State {
        /// SplitMix64: the same everywhere, for the same seed.
        var random: UInt64
        var counts: [String: Int] = [:]

        mutating func next() -> UInt64 {
            random &+= 0x9E37_79B9_7F4A_7C15
            var mixed = random
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }

        /// True for that share of the calls.
        mutating func happens(_ share: Double) -> Bool {
            Double(next() >> 11) * 0x1p-53 < share
        }
    }

    let latency: Duration
    private let rates: FaultRates
    private let logger: Logger
    private let state: Mutex<State>

    init(_ rates: FaultRates, logger: Logger) {
        self.rates = rates
        self.logger = logger
        latency = rates.latency
        state = Mutex(State(random: rates.seed))
    }

    /// What shall happen to the next request; only what the operation can give on AWS.
    func fault(of operation: Operation) -> Fault? {
        let fault = state.withLock { state -> Fault? in
            // As many numbers for each request, whatever it is: one more request does not change what all others meet.
            let isThrottled = state.happens(rates.throttle)
            let conflicts = state.happens(rates.conflict)
            let fails = state.happens(rates.internal)
            let number = state.next()
            let traits = operation.traits
            let fault: Fault? =
                if fails, traits.canFail {
                    number & 1 == 0 ? .internalBefore : .internalAfter
                } else if isThrottled, traits.isThrottled {
                    .throttle
                } else if conflicts, traits.conflict != .never {
                    traits.conflict == .ofItem ? .conflict : .cancellation(number)
                } else {
                    nil
                }
            if let fault { state.counts[fault.name, default: 0] += 1 }
            return fault
        }
        if let fault {
            logger.info("A fault on purpose", metadata: ["operation": "\(operation.name)", "fault": "\(fault.name)"])
        }
        return fault
    }

    /// Faults so far, by their names in the log.
    var counts: [String: Int] { state.withLock { $0.counts } }

    /// Tells the operator that the server fails on purpose.
    func announce() {
        logger.warning(
            "Requests fail on purpose (--faults)",
            metadata: [
                "throttle": "\(rates.throttle)", "conflict": "\(rates.conflict)", "internal": "\(rates.internal)",
                "latency": "\(rates.latency)", "seed": "\(rates.seed)",
            ])
    }

    /// Tells how many faults there were.
    func summarize() {
        logger.notice("Faults on purpose", metadata: counts.mapValues { "\($0)" })
    }
}
