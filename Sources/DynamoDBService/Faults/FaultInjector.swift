import Logging
import Synchronization

/// How often a server fails on purpose, so that users can test what their programs do then.
public struct FaultRates: Sendable, Hashable {
    /// The share of requests to items that give `ProvisionedThroughputExceededException`: 0 to 1.
    public var throttle = 0.0
    /// The share of writes and transactions that give `TransactionConflictException`, or `TransactionCanceledException`
    /// for that reason: 0 to 1.
    public var conflict = 0.0
    /// The share of requests that give `InternalServerError`, half of them after they were carried out: 0 to 1.
    public var `internal` = 0.0
    /// How much later than usual every answer comes.
    public var latency = Duration.zero
    /// What the choice depends on: the same requests in the same order fail in the same way again.
    public var seed: UInt64

    /// No faults.
    public init(seed: UInt64 = UInt64.random(in: 0 ... .max)) {
        self.seed = seed
    }

    /// Reads rates such as `throttle=0.01,conflict=0.01,internal=0.001,latency=20ms,seed=7`, each of which may be left
    /// out.
    ///
    /// - Throws: ``FaultRatesError``.
    public init(parsing text: String) throws(FaultRatesError) {
        self.init()
        var seen: Set<Substring> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let mark = part.firstIndex(of: "=") else { throw FaultRatesError("'\(part)' is not name=value") }
            let name = part[..<mark]
            let value = part[part.index(after: mark)...]
            guard seen.insert(name).inserted else { throw FaultRatesError("'\(name)' is given twice") }
            switch name {
            case "throttle": throttle = try FaultRates.share(name, value)
            case "conflict": conflict = try FaultRates.share(name, value)
            case "internal": `internal` = try FaultRates.share(name, value)
            case "latency": latency = try FaultRates.duration(name, value)
            case "seed":
                guard let number = UInt64(value) else {
                    throw FaultRatesError("seed=\(value): it must be a whole number from 0 to \(UInt64.max)")
                }
                seed = number
            default:
                throw FaultRatesError("'\(name)' is not one of throttle, conflict, internal, latency, seed")
            }
        }
    }

    private static func share(_ name: Substring, _ value: Substring) throws(FaultRatesError) -> Double {
        guard let share = Double(value), (0...1).contains(share) else {
            throw FaultRatesError("\(name)=\(value): it must be a number from 0 to 1")
        }
        return share
    }

    private static func duration(_ name: Substring, _ value: Substring) throws(FaultRatesError) -> Duration {
        let fault = FaultRatesError("\(name)=\(value): it must be a time from 0 to 60 s, such as 20ms or 1.5s")
        let digits = value.prefix { $0.isNumber || $0 == "." }
        guard let number = Double(digits) else { throw fault }
        let milliseconds: Double
        switch value[digits.endIndex...] {
        case "ms": milliseconds = number
        case "s": milliseconds = number * 1000
        default: throw fault
        }
        guard (0...60_000).contains(milliseconds) else { throw fault }
        return .milliseconds(milliseconds)
    }
}

/// A text does not tell rates of faults.
public struct FaultRatesError: Error, Sendable, CustomStringConvertible {
    /// What is wrong with which part, and what is allowed.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

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
            logger.info("Injected a fault", metadata: ["operation": "\(operation.name)", "fault": "\(fault.name)"])
        }
        return fault
    }

    /// Faults so far, by their names in the log.
    var counts: [String: Int] { state.withLock { $0.counts } }

    /// Tells the operator that the server fails on purpose.
    func announce() {
        logger.warning(
            "Some requests will fail on purpose (--faults)",
            metadata: [
                "throttle": "\(rates.throttle)", "conflict": "\(rates.conflict)", "internal": "\(rates.internal)",
                "latency": "\(rates.latency)", "seed": "\(rates.seed)",
            ])
    }

    /// Tells how many faults there were.
    func summarize() {
        logger.notice("Faults injected so far", metadata: counts.mapValues { "\($0)" })
    }
}
